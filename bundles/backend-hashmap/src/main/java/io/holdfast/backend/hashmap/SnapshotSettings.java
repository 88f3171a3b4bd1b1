package io.holdfast.backend.hashmap;

/**
 * How snapshots are written and read. Immutable.
 *
 * @param threads most threads for one snapshot, 1 or more
 * @param entriesOfThread so many entries are worth a thread, 1 or more
 * @param compressed whether blocks are packed
 */
record SnapshotSettings(int threads, int entriesOfThread, boolean compressed) {
    private static final int WORTH_A_THREAD = 50_000;
    private static final int BYTES_OF_ENTRY = 32;

    SnapshotSettings(int threads, boolean compressed) {
        this(threads, WORTH_A_THREAD, compressed);
    }

    /** Number of threads for a number of entries. */
    int threadsFor(int entries) {
        return Math.min(threads, 1 + entries / entriesOfThread);
    }

    /** Number of threads for a number of bytes. */
    int threadsForBytes(long bytes) {
        return threadsFor((int) Math.min(Integer.MAX_VALUE, bytes / BYTES_OF_ENTRY));
    }
}
