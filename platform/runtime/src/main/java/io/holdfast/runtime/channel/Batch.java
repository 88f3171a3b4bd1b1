package io.holdfast.runtime.channel;

import java.util.Arrays;

/**
 * Some records with their times, and on keyed edges with their keys and key groups. Reused: its
 * consumer gives it back to the channel it came from.
 */
public final class Batch implements Element {
    /** Most records in a batch. */
    public static final int CAPACITY = 256;

    private final Object[] values = new Object[CAPACITY];
    private final long[] timestamps = new long[CAPACITY];
    private final Object[] keys;
    private final int[] keyGroups;
    private int size;

    Batch(boolean keyed) {
        keys = keyed ? new Object[CAPACITY] : null;
        keyGroups = keyed ? new int[CAPACITY] : null;
    }

    void add(Object value, long timestamp) {
        values[size] = value;
        timestamps[size++] = timestamp;
    }

    void add(Object value, long timestamp, Object key, int keyGroup) {
        keys[size] = key;
        keyGroups[size] = keyGroup;
        add(value, timestamp);
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    void clear() {
        Arrays.fill(values, 0, size, null);
        if (keys != null) {
            Arrays.fill(keys, 0, size, null);
        }
        size = 0;
    }

    /**
     * Number of records.
     *
     * @return 1 to {@link #CAPACITY}
     */
    public int size() {
        return size;
    }

    /**
     * A record.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the record
     */
    public Object value(int index) {
        return values[index];
    }

    /**
     * Event time of a record.
     *
     * @param index 0 to {@link #size()} - 1
     * @return milliseconds, {@link Long#MIN_VALUE} if it has none
     */
    public long timestamp(int index) {
        return timestamps[index];
    }

    /**
     * Key of a record; only on keyed edges.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the key
     */
    public Object key(int index) {
        return keys[index];
    }

    /**
     * Key group of a record; only on keyed edges.
     *
     * @param index 0 to {@link #size()} - 1
     * @return the group
     */
    public int keyGroup(int index) {
        return keyGroups[index];
    }
}
