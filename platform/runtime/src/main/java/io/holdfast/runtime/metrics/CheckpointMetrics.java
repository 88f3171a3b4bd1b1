package io.holdfast.runtime.metrics;

import io.holdfast.api.error.Problem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The checkpoints of a job since it began in this process.
 *
 * @param completed how many were completed, savepoints included
 * @param failed how many failed
 * @param last the last completed one
 * @param lastFailure the last one that failed
 */
public record CheckpointMetrics(
        long completed, long failed, Optional<Completed> last, Optional<Failed> lastFailure) {

    /** None yet. */
    public static final CheckpointMetrics NONE =
            new CheckpointMetrics(0, 0, Optional.empty(), Optional.empty());

    /** Refuses null. */
    public CheckpointMetrics {
        Objects.requireNonNull(last, "last");
        Objects.requireNonNull(lastFailure, "lastFailure");
    }

    /**
     * The last failure, if no checkpoint was completed since.
     *
     * @return why there is no newer checkpoint
     */
    public Optional<Failed> presentFailure() {
        return lastFailure.filter(
                failure -> last.isEmpty() || last.get().id() < failure.checkpointId());
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

    /**
     * A checkpoint that failed.
     *
     * @param checkpointId its id
     * @param problem why
     */
    public record Failed(long checkpointId, Problem problem) {
        /** Refuses null. */
        public Failed {
            Objects.requireNonNull(problem, "problem");
        }
    }
}
