package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotSink;
import java.util.Objects;

/**
 * Parts the records before a checkpoint from those behind it. Sources send it, all other tasks pass
 * it on.
 *
 * @param checkpointId id of the checkpoint or savepoint, growing
 * @param timestamp when it was triggered, milliseconds since 1970-01-01T00:00Z
 * @param kind what keyed backends are to be asked for
 * @param stop what follows
 * @param holdsBack whether a channel waits behind it until it came through all others; if not,
 *     records from behind it get into the checkpoint and come again after a restore
 * @param sink takes the streams of all state, from any thread; refuses them once the checkpoint was
 *     aborted
 */
public record Barrier(
        long checkpointId,
        long timestamp,
        SnapshotKind kind,
        StopMode stop,
        boolean holdsBack,
        SnapshotSink sink)
        implements Cut {
    /** Refuses null. */
    public Barrier {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(stop, "stop");
        Objects.requireNonNull(sink, "sink");
    }
}
