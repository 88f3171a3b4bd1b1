package io.holdfast.api.config;

/** What a checkpoint promises about each record after a failure. */
public enum CheckpointingMode {
    /** State shows the effect of every record once: barriers are aligned. */
    EXACTLY_ONCE,
    /** State shows the effect of every record once or more: barriers are not waited for. */
    AT_LEAST_ONCE
}
