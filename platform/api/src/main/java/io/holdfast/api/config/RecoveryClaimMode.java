package io.holdfast.api.config;

/** Who owns the files of the checkpoint or savepoint that a job starts from. */
public enum RecoveryClaimMode {
    /** The job: it may remove them when it needs them no more. */
    CLAIM,
    /** Nobody: the job needs them only until its first checkpoint, and never removes them. */
    NO_CLAIM,
    /** Whoever made them, although the job's checkpoints may go on referring to them. */
    LEGACY
}
