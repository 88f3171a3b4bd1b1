package io.holdfast.runtime.metrics;

/** Where a job is in its life. */
public enum JobStatus {
    /** Tasks are being made and restored. */
    STARTING,
    /** All tasks process records. */
    RUNNING,
    /** It failed and waits to be started again. */
    RESTARTING,
    /** It is being cancelled. */
    CANCELLING,
    /** It ended by itself, or after a savepoint that stopped it. */
    FINISHED,
    /** It was cancelled. */
    CANCELED,
    /** It failed and is not started again. */
    FAILED;

    /**
     * Tells whether the job has ended.
     *
     * @return true if this is final
     */
    public boolean isTerminal() {
        return this == FINISHED || this == CANCELED || this == FAILED;
    }
}
