package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.Problem;
import java.time.Instant;
import java.util.Objects;

/**
 * A checkpoint that was given up.
 *
 * @param checkpointId its id
 * @param cause the kind of cause
 * @param problem the cause
 * @param at when
 */
public record CheckpointFailure(long checkpointId, AbortCause cause, Problem problem, Instant at) {
    /** Refuses null. */
    public CheckpointFailure {
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(problem, "problem");
        Objects.requireNonNull(at, "at");
    }
}
