package io.holdfast.toolkit.checkpoint;

import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** A checkpoint or savepoint that is being written to a directory. */
final class DirectoryWrite implements CheckpointWrite {

    /**
     * Where its files go.
     *
     * @param fileSystem the file system of both directories
     * @param directory the directory of metadata and exclusive streams
     * @param shared the directory of shared streams; without one they lie beside the metadata, and
     *     live as long
     */
    record Places(FileSystem fileSystem, URI directory, Optional<URI> shared) {
        StreamPlace of(SnapshotScope scope) {
            return scope == SnapshotScope.SHARED && shared.isPresent()
                    ? new StreamPlace(fileSystem, shared.get(), SnapshotScope.SHARED)
                    : new StreamPlace(fileSystem, directory, SnapshotScope.EXCLUSIVE);
        }
    }

    private final Places places;
    private final boolean keepDirectory;
    private final CheckpointStreams streams;
    private final Runnable onEnd;
    // Guarded by this: publishing and giving up exclude each other.
    private boolean ended;

    DirectoryWrite(
            Places places, boolean keepDirectory, CheckpointStreams streams, Runnable onEnd) {
        this.places = places;
        this.keepDirectory = keepDirectory;
        this.streams = streams;
        this.onEnd = onEnd;
    }

    @Override
    public SnapshotOutput create(SnapshotScope scope) throws IOException {
        return streams.begin(places.of(scope));
    }

    @Override
    public Optional<URI> directory() {
        return Optional.of(places.directory());
    }

    @Override
    public synchronized StoredCheckpoint publish(byte[] metadata) throws IOException {
        streams.seal();
        URI directory = places.directory();
        try (DurableOutput output =
                places.fileSystem().create(CheckpointLayout.metadata(directory))) {
            output.write(metadata);
            output.commit();
        }
        ended = true;
        streams.published();
        onEnd.run();
        return new StoredCheckpoint(directory.toString(), Optional.of(directory), metadata);
    }

    @Override
    public synchronized void close() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        try {
            streams.abandon(this::removeDirectory);
        } finally {
            onEnd.run();
        }
    }

    // Metadata may be there although publishing failed. They go first: what has them is whole.
    private void removeDirectory() throws IOException {
        FileSystem fileSystem = places.fileSystem();
        fileSystem.delete(CheckpointLayout.metadata(places.directory()));
        if (!keepDirectory) {
            fileSystem.delete(places.directory());
        }
    }

    /** Ends without touching any file. */
    synchronized void forget() {
        ended = true;
        onEnd.run();
    }
}
