package io.holdfast.spi.snapshot;

import io.holdfast.api.error.Problem;

/**
 * Key groups {@code first} to {@code last}, both included: what one subtask owns. Key groups are
 * the unit in which keyed state moves between subtasks.
 *
 * @param first first key group, 0 or more
 * @param last last key group, at least {@code first} and at most 32,767
 */
public record KeyGroupRange(int first, int last) {

    /** Largest number of key groups a job can have. */
    public static final int MAX_KEY_GROUPS = 1 << 15;

    /** Checks the bounds. */
    public KeyGroupRange {
        if (first < 0 || last < first || last >= MAX_KEY_GROUPS) {
            throw Problem.bug(
                            "STATE-3004",
                            "Not a range of key groups: " + first + " to " + last + ".")
                    .with("possible", "0 to " + (MAX_KEY_GROUPS - 1))
                    .exception();
        }
    }

    /**
     * The range of one subtask, by Flink's formula.
     *
     * @param maxParallelism number of all key groups
     * @param parallelism number of subtasks, 1 to {@code maxParallelism}
     * @param subtask 0 to {@code parallelism - 1}
     * @return what the subtask owns
     */
    public static KeyGroupRange of(int maxParallelism, int parallelism, int subtask) {
        if (parallelism < 1
                || parallelism > maxParallelism
                || subtask < 0
                || subtask >= parallelism) {
            throw Problem.user(
                            "STATE-3005",
                            "No key groups for subtask %d of %d with max parallelism %d."
                                    .formatted(subtask, parallelism, maxParallelism))
                    .advise("keep the parallelism between 1 and the max parallelism")
                    .exception();
        }
        return new KeyGroupRange(
                (subtask * maxParallelism + parallelism - 1) / parallelism,
                ((subtask + 1) * maxParallelism - 1) / parallelism);
    }

    /**
     * The key group of a key, by Flink's formula: murmur3 of {@code hashCode}, modulo max
     * parallelism.
     *
     * @param key the key; its hash code must depend on its content alone
     * @param maxParallelism number of all key groups
     * @return a group from 0 to {@code maxParallelism - 1}
     */
    public static int keyGroup(Object key, int maxParallelism) {
        return keyGroupOf(key.hashCode(), maxParallelism);
    }

    /**
     * The key group of the keys with a hash code; as {@link #keyGroup}.
     *
     * @param hashCode that of a key
     * @param maxParallelism number of all key groups
     * @return a group from 0 to {@code maxParallelism - 1}
     */
    public static int keyGroupOf(int hashCode, int maxParallelism) {
        return murmur(hashCode) % maxParallelism;
    }

    /**
     * The subtask that owns a key group.
     *
     * @param keyGroup the group
     * @param maxParallelism number of all key groups
     * @param parallelism number of subtasks
     * @return the subtask
     */
    public static int owner(int keyGroup, int maxParallelism, int parallelism) {
        return keyGroup * parallelism / maxParallelism;
    }

    /**
     * MurmurHash3 x86 32 of one four-byte block with seed 0 (Austin Appleby, public domain), made
     * non-negative.
     */
    private static int murmur(int code) {
        int hash = Integer.rotateLeft(code * 0xcc9e2d51, 15) * 0x1b873593;
        hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        hash ^= 4;
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        hash ^= hash >>> 16;
        // The least number has no absolute value, and becomes 0.
        return Math.abs(hash) & Integer.MAX_VALUE;
    }

    /**
     * Number of key groups.
     *
     * @return 1 or more
     */
    public int size() {
        return last - first + 1;
    }

    /**
     * Tells whether a group is in the range.
     *
     * @param keyGroup a group
     * @return true if so
     */
    public boolean contains(int keyGroup) {
        return keyGroup >= first && keyGroup <= last;
    }

    /**
     * Tells whether two ranges share a group.
     *
     * @param other another range
     * @return true if so
     */
    public boolean overlaps(KeyGroupRange other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
