package io.holdfast.toolkit.checkpoint;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The checkpoints of one job in its directory, which this process has for itself while the store is
 * open. May be used by several threads.
 *
 * <p>When it is opened, what an earlier process left unpublished is removed: directories {@code
 * chk-N} without {@code _metadata}, and files that were never committed. Streams in {@code shared}
 * that were finished for a checkpoint that was never published cannot be told from others without
 * reading metadata; {@link #sweep} is told.
 */
public final class DirectoryCheckpointStore implements CheckpointStore {
    private record Numbered(long id, URI directory) {}

    private final CheckpointLayout layout;
    private final CheckpointFiles files;
    private final FileSystem fileSystem;
    private final StreamFactory streams;
    private final StreamFactory savepointStreams;
    private final Closeable lock;
    // Streams in shared/ of earlier processes. Guarded by itself.
    private final Set<URI> inherited = new HashSet<>();
    private volatile boolean closed;

    private DirectoryCheckpointStore(
            CheckpointLayout layout,
            FileSystems fileSystems,
            StreamFactory streams,
            StreamFactory savepointStreams,
            Closeable lock) {
        this.layout = layout;
        this.files = new CheckpointFiles(fileSystems);
        this.fileSystem = fileSystems.forPath(layout.directory());
        this.streams = streams;
        this.savepointStreams = savepointStreams;
        this.lock = lock;
        files.own(layout.directory());
    }

    /**
     * Takes the directory of a job. Makes it if it does not exist.
     *
     * @param layout where the job's files lie
     * @param fileSystems by scheme; closed by whoever made them, after the store
     * @param streams the form of the streams of checkpoints
     * @param savepointStreams the form of the streams of savepoints
     * @return the store; the caller closes it
     * @throws IOException if the directory cannot be made, read or written
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5002 if another owner has it;
     *     STORAGE-5001 if no module serves its scheme
     */
    public static DirectoryCheckpointStore open(
            CheckpointLayout layout,
            FileSystems fileSystems,
            StreamFactory streams,
            StreamFactory savepointStreams)
            throws IOException {
        Closeable lock = fileSystems.forPath(layout.directory()).lock(layout.directory());
        try {
            DirectoryCheckpointStore store =
                    new DirectoryCheckpointStore(
                            layout, fileSystems, streams, savepointStreams, lock);
            store.takeOver();
            return store;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void takeOver() throws IOException {
        fileSystem.prepare(layout.directory());
        fileSystem.prepare(layout.shared());
        fileSystem.prepare(layout.taskOwned());
        for (Numbered each : numbered()) {
            if (fileSystem.info(CheckpointLayout.metadata(each.directory())).isPresent()) {
                fileSystem.prepare(each.directory());
            } else {
                fileSystem.delete(each.directory());
            }
        }
        for (FileInfo each : fileSystem.list(layout.shared())) {
            if (!each.directory() && CheckpointLayout.isStream(each.name())) {
                inherited.add(each.path());
            }
        }
    }

    /** The directories chk-N, with or without metadata, highest number first. */
    private List<Numbered> numbered() throws IOException {
        List<Numbered> found = new ArrayList<>();
        for (FileInfo each : fileSystem.list(layout.directory())) {
            OptionalLong id = CheckpointLayout.checkpointId(each.name());
            if (each.directory() && id.isPresent()) {
                found.add(new Numbered(id.getAsLong(), each.path()));
            }
        }
        found.sort(Comparator.comparingLong(Numbered::id).reversed());
        return found;
    }

    @Override
    public CheckpointWrite begin(long checkpointId) throws IOException {
        requireOpen();
        URI directory = layout.checkpoint(checkpointId);
        DirectoryWrite write =
                files.begin(
                        new DirectoryWrite.Places(
                                fileSystem, directory, Optional.of(layout.shared())),
                        false,
                        streams);
        try {
            if (CheckpointFiles.hasMetadata(fileSystem, directory)) {
                throw Failures.io(
                        Problem.bug(
                                        "STORAGE-5016",
                                        "Checkpoint %d was already published."
                                                .formatted(checkpointId))
                                .with("found", CheckpointLayout.metadata(directory)));
            }
            fileSystem.delete(directory);
            return write;
        } catch (IOException | RuntimeException e) {
            write.forget();
            throw e;
        }
    }

    @Override
    public CheckpointWrite beginSavepoint(URI directory) throws IOException {
        requireOpen();
        return files.beginSavepoint(directory, savepointStreams);
    }

    @Override
    public List<StoredCheckpoint> published() throws IOException {
        requireOpen();
        List<StoredCheckpoint> found = new ArrayList<>();
        for (Numbered each : numbered()) {
            files.read(fileSystem, each.directory()).ifPresent(found::add);
        }
        return found;
    }

    @Override
    public StoredCheckpoint resolve(String pointer) throws IOException {
        return files.resolve(pointer);
    }

    @Override
    public SeekableInput open(StreamHandle handle) throws IOException {
        return files.open(handle);
    }

    @Override
    public void discard(StoredCheckpoint checkpoint) throws IOException {
        files.discard(checkpoint);
    }

    @Override
    public void discard(StreamHandle stream) throws IOException {
        files.discard(stream);
    }

    @Override
    public int sweep(Set<URI> live) throws IOException {
        requireOpen();
        // By name: no name is ever used again, but a URI can be written in several ways.
        Set<String> names = live.stream().map(CheckpointLocation::name).collect(Collectors.toSet());
        IOException failure = null;
        int removed = 0;
        synchronized (inherited) {
            for (URI each : List.copyOf(inherited)) {
                if (!names.contains(CheckpointLocation.name(each))) {
                    IOException before = failure;
                    failure = Failures.attempt(failure, () -> fileSystem.delete(each));
                    if (failure == before) {
                        inherited.remove(each);
                        removed++;
                    }
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return removed;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw Failures.io(
                    Problem.bug(
                            "STORAGE-5016",
                            "The checkpoints in '%s' are used after their store was closed."
                                    .formatted(layout.directory())));
        }
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            files.close();
        } finally {
            lock.close();
        }
    }
}
