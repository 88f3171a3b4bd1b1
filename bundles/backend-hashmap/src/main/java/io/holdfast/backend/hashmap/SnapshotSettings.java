package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.Packing;

/**
 * How snapshots are written and read. Immutable.
 *
 * @param threads most threads for one snapshot, 1 or more
 * @param entriesOfThread so many entries are worth a thread, 1 or more
 */
record SnapshotSettings(int threads, int entriesOfThread) {
    private static final int WORTH_A_THREAD = 50_000;
    private static final int BYTES_OF_ENTRY = 32;

    SnapshotSettings(int threads) {
        this(threads, WORTH_A_THREAD);
    }

    /** Number of threads for a number of entries. */
    int threadsFor(int entries) {
        return Math.min(threads, 1 + entries / entriesOfThread);
    }

    /** Number of threads for a number of bytes. */
    int threadsForBytes(long bytes) {
        return threadsFor((int) Math.min(Integer.MAX_VALUE, bytes / BYTES_OF_ENTRY));
    }

    /** Packs blocks for one thread. */
    Packing newPacking() {
        return Packing.NONE;
    }
}
