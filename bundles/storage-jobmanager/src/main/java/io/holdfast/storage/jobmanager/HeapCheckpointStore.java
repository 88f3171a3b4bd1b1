package io.holdfast.storage.jobmanager;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.checkpoint.CheckpointFiles;
import io.holdfast.toolkit.checkpoint.CheckpointStreams;
import io.holdfast.toolkit.checkpoint.StreamFactory;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The checkpoints of one job in memory; its savepoints in files. May be used by several threads.
 */
final class HeapCheckpointStore implements CheckpointStore {
    private final String jobId;
    private final CoordinatorMemory memory;
    private final CheckpointFiles files;
    private final StreamFactory streams;
    private final StreamFactory savepointStreams;
    private final Map<Long, HeapWrite> writes = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A store that has taken the job. */
    HeapCheckpointStore(
            String jobId,
            CoordinatorMemory memory,
            CheckpointFiles files,
            StreamFactory streams,
            StreamFactory savepointStreams) {
        this.jobId = jobId;
        this.memory = memory;
        this.files = files;
        this.streams = streams;
        this.savepointStreams = savepointStreams;
        memory.take(jobId);
    }

    @Override
    public CheckpointWrite begin(long checkpointId) throws IOException {
        requireOpen();
        HeapWrite write =
                new HeapWrite(
                        new CheckpointStreams(streams, stream -> {}),
                        metadata -> memory.publish(jobId, checkpointId, metadata),
                        () -> writes.remove(checkpointId));
        if (writes.putIfAbsent(checkpointId, write) != null) {
            throw refused("Checkpoint " + checkpointId + " is already being written.");
        }
        if (closed.get() || memory.holds(jobId, checkpointId)) {
            write.close();
            throw refused("Checkpoint " + checkpointId + " was already published.");
        }
        return write;
    }

    @Override
    public CheckpointWrite beginSavepoint(URI directory) throws IOException {
        requireOpen();
        return files.beginSavepoint(directory, savepointStreams);
    }

    @Override
    public List<StoredCheckpoint> published() throws IOException {
        requireOpen();
        return memory.published(jobId);
    }

    @Override
    public StoredCheckpoint resolve(String pointer) throws IOException {
        return CoordinatorMemory.isPointer(pointer)
                ? memory.resolve(pointer)
                : files.resolve(pointer);
    }

    @Override
    public SeekableInput open(StreamHandle handle) throws IOException {
        return files.open(handle);
    }

    @Override
    public void discard(StoredCheckpoint checkpoint) throws IOException {
        if (CoordinatorMemory.isPointer(checkpoint.pointer())) {
            memory.discard(checkpoint);
        } else {
            files.discard(checkpoint);
        }
    }

    @Override
    public void discard(StreamHandle stream) throws IOException {
        files.discard(stream);
    }

    /** All streams stand in the handles: nothing is left anywhere. */
    @Override
    public int sweep(Set<URI> live) throws IOException {
        requireOpen();
        return 0;
    }

    private void requireOpen() throws IOException {
        if (closed.get()) {
            throw refused("The checkpoints of job '" + jobId + "' are used after their end.");
        }
    }

    private static IOException refused(String why) {
        return new IOException(Problem.bug("STORAGE-5016", why).build().toString());
    }

    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            for (HeapWrite write : List.copyOf(writes.values())) {
                write.close();
            }
            files.close();
        } finally {
            memory.giveBack(jobId);
        }
    }
}
