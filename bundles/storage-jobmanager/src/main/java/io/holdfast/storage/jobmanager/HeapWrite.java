package io.holdfast.storage.jobmanager;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.checkpoint.CheckpointStreams;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A checkpoint that is being written to memory. */
final class HeapWrite implements CheckpointWrite {

    /** Keeps metadata. */
    interface Publication {
        StoredCheckpoint publish(byte[] metadata) throws IOException;
    }

    private final CheckpointStreams streams;
    private final Publication publication;
    private final Runnable onEnd;
    // Guarded by this: publishing and giving up exclude each other.
    private boolean ended;

    HeapWrite(CheckpointStreams streams, Publication publication, Runnable onEnd) {
        this.streams = streams;
        this.publication = publication;
        this.onEnd = onEnd;
    }

    @Override
    public SnapshotOutput create(SnapshotScope scope) throws IOException {
        return streams.begin(null);
    }

    @Override
    public Optional<URI> directory() {
        return Optional.empty();
    }

    @Override
    public synchronized StoredCheckpoint publish(byte[] metadata) throws IOException {
        streams.seal();
        streams.published();
        StoredCheckpoint published = publication.publish(metadata.clone());
        ended = true;
        onEnd.run();
        return published;
    }

    @Override
    public synchronized void close() throws IOException {
        if (!ended) {
            ended = true;
            streams.abandon();
            onEnd.run();
        }
    }
}
