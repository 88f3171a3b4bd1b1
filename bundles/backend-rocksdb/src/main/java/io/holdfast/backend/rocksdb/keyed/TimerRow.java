package io.holdfast.backend.rocksdb.keyed;

import java.util.Arrays;

/**
 * A timer as it stands in the database: key group, time with its sign bit flipped, key, namespace.
 * So rows of one group sort by time.
 */
final class TimerRow implements Comparable<TimerRow> {
    private final byte[] bytes;
    private final int hash;

    TimerRow(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Its time. */
    long time(int groupLength) {
        long time = 0;
        for (int i = groupLength; i < groupLength + Long.BYTES; i++) {
            time = time << 8 | bytes[i] & 0xFF;
        }
        return time ^ Long.MIN_VALUE;
    }

    @Override
    public int compareTo(TimerRow other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimerRow that
                && hash == that.hash
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
