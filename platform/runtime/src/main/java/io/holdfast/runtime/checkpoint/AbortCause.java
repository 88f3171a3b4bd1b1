package io.holdfast.runtime.checkpoint;

/** Why a checkpoint was given up. */
public enum AbortCause {
    /** A task could not take its snapshot. */
    DECLINED(true),
    /** It was not complete in time. */
    TIMED_OUT(true),
    /** The checkpoint storage failed or did not answer. */
    STORAGE(true),
    /** A task or backend delivered what cannot be restored. */
    INVALID(true),
    /** A later one was complete first. */
    SUBSUMED(false),
    /** The job failed or restarts. */
    SUSPENDED(false),
    /** The job ended. */
    CLOSED(false);

    private final boolean failure;

    AbortCause(boolean failure) {
        this.failure = failure;
    }

    /**
     * Tells whether it counts against the tolerable failures.
     *
     * @return true if so
     */
    public boolean isFailure() {
        return failure;
    }
}
