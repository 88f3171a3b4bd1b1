package io.holdfast.runtime.metrics;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The checkpoints of a job since it began in this process.
 *
 * @param completed how many were completed, savepoints included
 * @param failed how many failed
 * @param last the last completed one
 */
public record CheckpointMetrics(long completed, long failed, Optional<Completed> last) {

    /** None yet. */
    public static final CheckpointMetrics NONE = new CheckpointMetrics(0, 0, Optional.empty());

    /** Refuses null. */
    public CheckpointMetrics {
        Objects.requireNonNull(last, "last");
    }

    /**
     * A completed checkpoint.
     *
     * @param id its id
     * @param bytes size of its state
     * @param duration from trigger to completion
     */
    public record Completed(long id, long bytes, Duration duration) {
        /** Refuses null. */
        public Completed {
            Objects.requireNonNull(duration, "duration");
        }
    }
}
