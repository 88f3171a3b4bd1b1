package io.holdfast.runtime.channel;

/** No record and no watermark follows in this channel; barriers may. */
public enum EndOfData implements Element {
    /** The only one. */
    INSTANCE
}
