package io.holdfast.toolkit.checkpoint;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides in which form streams are kept. May be used by several threads. */
@ConsumerType
@FunctionalInterface
public interface StreamFactory {

    /**
     * Begins a stream.
     *
     * @param place where it goes if it becomes a file; null for factories that make no files
     * @return takes its bytes, from one thread at a time; the caller finishes or closes it
     * @throws IOException if it cannot be begun
     */
    SnapshotOutput begin(StreamPlace place) throws IOException;

    /**
     * The checkpoint of a finished stream was published or given up: whatever was kept beside the
     * handle for the time of writing can go.
     *
     * @param finished the stream
     */
    default void ended(StreamHandle finished) {}
}
