package io.holdfast.backend.rocksdb.keyed;

/**
 * Sizes that tests make small.
 *
 * @param valueBytes most bytes of one value or list; RocksDB's Java interface breaks at 2^31
 * @param mapBatch entries of a map that are read ahead
 * @param timersCached timers held in memory for each key group, at most
 * @param timersCachedInAll about how many are held for all key groups together
 * @param timersPending changes of timers that are written together
 */
record Limits(
        int valueBytes, int mapBatch, int timersCached, int timersCachedInAll, int timersPending) {
    private static final int MEBIBYTE = 1 << 20;

    static final Limits USUAL = new Limits(512 * MEBIBYTE, 128, 128, 1 << 16, 4096);

    Limits withTimers(int cached, int cachedInAll, int pending) {
        return new Limits(valueBytes, mapBatch, cached, cachedInAll, pending);
    }
}
