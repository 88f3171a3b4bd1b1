package io.holdfast.spi.snapshot;

import java.util.Objects;

/**
 * Asks a backend for a snapshot.
 *
 * @param checkpointId id of the checkpoint or savepoint it is part of, growing
 * @param kind what it is made for
 * @param sink takes the bytes; valid until the snapshot is finished or closed
 */
public record SnapshotRequest(long checkpointId, SnapshotKind kind, SnapshotSink sink) {
    /** Refuses null. */
    public SnapshotRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sink, "sink");
    }
}
