package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Batch;
import io.holdfast.backend.rocksdb.store.LocalDirectories;
import io.holdfast.backend.rocksdb.store.MemoryPlan;
import io.holdfast.backend.rocksdb.store.NativeOptions;
import java.util.Objects;
import java.util.Optional;

/**
 * How keyed backends are opened.
 *
 * @param options puts what is configured into RocksDB's options
 * @param memory which memory databases share
 * @param directories where databases are; empty for the request's directory
 * @param timersCached most timers of each key group in memory, if they are not all there; 0 for as
 *     few as possible
 * @param timersOnHeap whether all timers are in memory
 * @param batchBytes most bytes that are collected before they are written; 0 for no limit
 * @param compressed whether snapshots are compressed
 */
public record KeyedSettings(
        NativeOptions options,
        MemoryPlan memory,
        Optional<LocalDirectories> directories,
        int timersCached,
        boolean timersOnHeap,
        long batchBytes,
        boolean compressed) {
    /** Refuses null. */
    public KeyedSettings {
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(directories, "directories");
    }

    Limits limits() {
        Limits usual = Limits.USUAL;
        return timersOnHeap
                ? usual.withTimers(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)
                : usual.withTimers(
                        Math.max(1, timersCached),
                        usual.timersCachedInAll(),
                        usual.timersPending());
    }

    int collectedBytes() {
        return batchBytes == 0 ? Batch.USUAL_BYTES : (int) Math.min(batchBytes, Batch.USUAL_BYTES);
    }
}
