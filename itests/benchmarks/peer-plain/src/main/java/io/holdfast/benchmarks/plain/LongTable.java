package io.holdfast.benchmarks.plain;

/**
 * A hash table of numbers by number in one {@code long[]}: open addressing, linear probing, at most
 * three fifths full. As little as a processor can do to find something under a key.
 *
 * <p>An entry is its key and its values, side by side. A free entry has the key {@link #FREE},
 * which therefore cannot be used.
 */
final class LongTable {

    /** The only key that cannot be used. */
    static final long FREE = 0xF4EE_F4EE_F4EE_F4EEL;

    private static final int FIRST_CAPACITY = 1 << 10;
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final int stride;
    private long[] words;
    private int mask;
    private int shift;
    private int free;

    /**
     * An empty table.
     *
     * @param values number of numbers under a key
     */
    LongTable(int values) {
        stride = 1 + values;
        allocate(FIRST_CAPACITY);
    }

    private void allocate(int capacity) {
        words = new long[capacity * stride];
        for (int at = 0; at < words.length; at += stride) {
            words[at] = FREE;
        }
        mask = capacity - 1;
        shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
        free = capacity * 3 / 5;
    }

    private int home(long key) {
        return (int) (key * GOLDEN_GAMMA >>> shift);
    }

    /** Position of the entry of {@code key}, or of the free one where it would be. */
    private int position(long key) {
        int slot = home(key);
        while (true) {
            long there = words[slot * stride];
            if (there == key || there == FREE) {
                return slot * stride;
            }
            slot = slot + 1 & mask;
        }
    }

    /** Index of the first value under a key, or -1. */
    int find(long key) {
        int position = position(key);
        return words[position] == key ? position + 1 : -1;
    }

    /** Index of the first value under a key, which is 0 if it was not there. */
    int claim(long key) {
        int position = position(key);
        if (words[position] == key) {
            return position + 1;
        }
        if (free == 0) {
            grow();
            position = position(key);
        }
        free--;
        words[position] = key;
        return position + 1;
    }

    private void grow() {
        long[] before = words;
        allocate((mask + 1) * 2);
        for (int at = 0; at < before.length; at += stride) {
            if (before[at] != FREE) {
                System.arraycopy(before, at, words, position(before[at]), stride);
                free--;
            }
        }
    }

    /** Removes a key that is there, and moves those behind it that would not be found any more. */
    void remove(long key) {
        int hole = position(key) / stride;
        for (int slot = hole + 1 & mask; ; slot = slot + 1 & mask) {
            long there = words[slot * stride];
            if (there == FREE) {
                break;
            }
            if ((slot - home(there) & mask) >= (slot - hole & mask)) {
                System.arraycopy(words, slot * stride, words, hole * stride, stride);
                hole = slot;
            }
        }
        for (int i = 0; i < stride; i++) {
            words[hole * stride + i] = i == 0 ? FREE : 0;
        }
        free++;
    }

    /** The number at an index. */
    long get(int index) {
        return words[index];
    }

    /** Changes the number at an index. */
    void set(int index, long value) {
        words[index] = value;
    }
}
