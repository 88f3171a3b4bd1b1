package io.holdfast.api.config;

/** What happens to the retained checkpoints of a job when it is cancelled. */
public enum ExternalizedCheckpointRetention {
    /** They are deleted on cancellation and kept on failure. */
    DELETE_ON_CANCELLATION,
    /** They are kept; whoever needs the space deletes them. */
    RETAIN_ON_CANCELLATION,
    /** They are deleted whenever the job ends. */
    NO_EXTERNALIZED_CHECKPOINTS
}
