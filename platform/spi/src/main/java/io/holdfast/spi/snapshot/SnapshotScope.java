package io.holdfast.spi.snapshot;

/** How long the bytes of a stream live. */
public enum SnapshotScope {
    /** As long as their checkpoint. */
    EXCLUSIVE,
    /** As long as any retained checkpoint refers to them. */
    SHARED
}
