package io.holdfast.runtime.channel;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotSink;
import java.util.Objects;

/**
 * Separates the records before a checkpoint from those behind it.
 *
 * @param checkpointId id of the checkpoint or savepoint
 * @param timestamp when it was triggered, in milliseconds since 1970
 * @param kind what to ask of keyed backends
 * @param sink takes the bytes
 * @param after what sources do behind the barrier
 */
public record Barrier(
        long checkpointId, long timestamp, SnapshotKind kind, SnapshotSink sink, After after)
        implements Element {

    /** What sources do behind a barrier. */
    public enum After {
        /** Read on. */
        GO_ON,
        /** Stop reading. */
        STOP,
        /** They ended their data before the barrier, so that everything pending comes out. */
        DRAIN
    }

    /** Refuses null. */
    public Barrier {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(after, "after");
    }
}
