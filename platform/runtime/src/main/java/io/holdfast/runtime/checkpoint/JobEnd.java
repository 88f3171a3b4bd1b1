package io.holdfast.runtime.checkpoint;

import io.holdfast.api.config.ExternalizedCheckpointRetention;

/**
 * How a job ends, which decides with {@link ExternalizedCheckpointRetention} whether its retained
 * checkpoints stay. Savepoints always do.
 *
 * <pre>
 *                               FINISHED  CANCELLED  FAILED  SUSPENDED
 *   NO_EXTERNALIZED_CHECKPOINTS deleted   deleted    deleted kept
 *   DELETE_ON_CANCELLATION      deleted   deleted    kept    kept
 *   RETAIN_ON_CANCELLATION      kept      kept       kept    kept
 * </pre>
 *
 * <p>A process that is killed ends nothing: everything stays. With {@code RETAIN_ON_CANCELLATION}
 * the checkpoints of a job that finished stay as well (Flink deletes them), so that a process which
 * dies between its last commit and its exit finds, when it is started again, that all is done.
 */
public enum JobEnd {
    /** All input was processed, or the job was stopped with a savepoint. */
    FINISHED,
    /** Somebody cancelled it. */
    CANCELLED,
    /** It failed for good. */
    FAILED,
    /** The process ends and the job is to be continued by another. */
    SUSPENDED;

    boolean keeps(ExternalizedCheckpointRetention retention) {
        return switch (this) {
            case FINISHED, CANCELLED ->
                    retention == ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION;
            case FAILED -> retention != ExternalizedCheckpointRetention.NO_EXTERNALIZED_CHECKPOINTS;
            case SUSPENDED -> true;
        };
    }
}
