package io.holdfast.api.state;

/** The clock that times to live are measured with. */
public enum TtlTimeCharacteristic {
    /** The clock of the machine. */
    PROCESSING_TIME,
    /**
     * The watermark of the operator. Time stands still where no watermark comes; what is stored
     * before the first one counts as stored when the first one came.
     */
    EVENT_TIME
}
