package io.holdfast.api.process;

/** Which clock a timer follows. */
public enum TimeDomain {
    /** The watermark. */
    EVENT_TIME,
    /** The clock of the machine. */
    PROCESSING_TIME
}
