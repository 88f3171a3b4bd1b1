package io.holdfast.runtime.checkpoint;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.Problem;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.StateBackend;
import java.time.Duration;
import java.util.Objects;

/**
 * How a job takes checkpoints.
 *
 * @param interval from the start of one periodic checkpoint to the next; zero for none
 * @param timeout longest time from trigger to completion
 * @param minPause from the end of any checkpoint to the start of the next periodic one; if it is
 *     not zero, periodic checkpoints never overlap others
 * @param maxConcurrent how many checkpoints and savepoints may be under way, 1 or more
 * @param tolerableFailures how many checkpoints in a row may fail before the job does
 * @param retained how many completed checkpoints are kept, 1 or more
 * @param kind what backends are asked for; never {@link SnapshotKind#CANONICAL}
 * @param mode whether periodic checkpoints wait for barriers
 * @param retention what becomes of the retained checkpoints when the job ends
 */
public record CheckpointSettings(
        Duration interval,
        Duration timeout,
        Duration minPause,
        int maxConcurrent,
        int tolerableFailures,
        int retained,
        SnapshotKind kind,
        CheckpointingMode mode,
        ExternalizedCheckpointRetention retention) {

    /** Refuses null and numbers out of range. */
    public CheckpointSettings {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(minPause, "minPause");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(retention, "retention");
        if (maxConcurrent < 1
                || tolerableFailures < 0
                || retained < 1
                || kind == SnapshotKind.CANONICAL) {
            throw new IllegalArgumentException(
                    "max concurrent %d, tolerable failures %d, retained %d, kind %s"
                            .formatted(maxConcurrent, tolerableFailures, retained, kind));
        }
    }

    /**
     * The settings of a job.
     *
     * @param config the effective configuration
     * @param backend the backend of the job
     * @return the settings
     * @throws io.holdfast.api.error.HoldfastException JOB-6108 if incremental checkpoints are asked
     *     for and the backend takes none; or if the configuration is not usable
     */
    public static CheckpointSettings from(ReadableConfig config, StateBackend backend) {
        boolean incremental = config.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS);
        if (incremental && !backend.snapshotKinds().contains(SnapshotKind.INCREMENTAL)) {
            throw Problem.user(
                            "JOB-6108",
                            "The state backend '%s' takes no incremental checkpoints."
                                    .formatted(backend.name()))
                    .with("set by", CheckpointingOptions.INCREMENTAL_CHECKPOINTS.key() + " = true")
                    .advise("set it to false, or choose a backend that takes them")
                    .exception();
        }
        Duration interval = config.get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        return new CheckpointSettings(
                interval == null ? Duration.ZERO : interval,
                config.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT),
                config.get(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS),
                config.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS),
                config.get(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER),
                config.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS),
                incremental ? SnapshotKind.INCREMENTAL : SnapshotKind.FULL,
                config.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE),
                config.get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION));
    }

    boolean isPeriodic() {
        return !interval.isZero();
    }
}
