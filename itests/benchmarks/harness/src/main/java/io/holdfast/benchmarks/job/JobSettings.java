package io.holdfast.benchmarks.job;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What every engine gets alike.
 *
 * @param events number of Nexmark events, from the first on
 * @param seed of the generator
 * @param parallelism subtasks of every operator
 * @param checkpointInterval between the triggers of two checkpoints
 * @param directory existing empty directory for checkpoints and working state
 */
public record JobSettings(
        long events, long seed, int parallelism, Duration checkpointInterval, Path directory) {

    /** Memory outside of the heap that RocksDB may use in each slot, in bytes. */
    public static final long ROCKSDB_BYTES_PER_SLOT = 128L << 20;
}
