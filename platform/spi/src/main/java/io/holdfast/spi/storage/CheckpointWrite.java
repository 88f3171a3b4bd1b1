package io.holdfast.spi.storage;

import io.holdfast.spi.snapshot.SnapshotSink;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** A checkpoint or savepoint that is being written. Streams may be written by several threads. */
@ConsumerType
public interface CheckpointWrite extends SnapshotSink, AutoCloseable {

    /**
     * The directory its metadata will lie in; metadata may refer to files below it by relative
     * paths.
     *
     * @return an absolute URI, or empty if it has none
     */
    Optional<URI> directory();

    /**
     * Makes the checkpoint durable by storing its metadata, after all streams were finished.
     *
     * @param metadata the metadata
     * @return the published checkpoint
     * @throws IOException if it was not published; everything is removed by {@link #close()}
     */
    StoredCheckpoint publish(byte[] metadata) throws IOException;

    /**
     * Gives the checkpoint up unless it was published: removes its exclusive and shared streams.
     * Idempotent.
     */
    @Override
    void close() throws IOException;
}
