package io.holdfast.spi.storage;

import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** The checkpoints of one job. May be used by several threads. */
@ConsumerType
public interface CheckpointStore extends SnapshotSource, AutoCloseable {

    /**
     * Begins a checkpoint. What an earlier process left unpublished under the same id is removed.
     *
     * @param checkpointId its id, above those of all published ones
     * @return takes its streams and metadata; the caller publishes or closes it
     * @throws IOException if it cannot be begun
     */
    CheckpointWrite begin(long checkpointId) throws IOException;

    /**
     * Begins a savepoint: all streams lie beside its metadata, so that the directory can be moved
     * as a whole.
     *
     * @param directory where to make it: a directory that does not exist or is empty
     * @return takes its streams and metadata; the caller publishes or closes it
     * @throws IOException if it cannot be begun
     */
    CheckpointWrite beginSavepoint(URI directory) throws IOException;

    /**
     * The published checkpoints of this job.
     *
     * @return by id, highest first, without savepoints
     * @throws IOException if they cannot be listed
     */
    List<StoredCheckpoint> published() throws IOException;

    /**
     * Looks up a checkpoint or savepoint of any job.
     *
     * @param pointer URI or local path of its directory or metadata file
     * @return what is there
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5007, a mistake of the user, if there
     *     is none; it says what was looked for and what is there
     * @throws IOException if it cannot be read just now
     */
    StoredCheckpoint resolve(String pointer) throws IOException;

    /**
     * Removes a published checkpoint: its metadata first, then its exclusive streams. Shared
     * streams stay. Removing what is not there is no failure.
     *
     * @param checkpoint the checkpoint
     * @throws IOException if something is left
     */
    void discard(StoredCheckpoint checkpoint) throws IOException;

    /**
     * Removes the bytes of one stream. Removing what is not there is no failure.
     *
     * @param stream the stream
     * @throws IOException if it is left
     */
    void discard(StreamHandle stream) throws IOException;

    /**
     * Removes shared streams that an earlier process left: those that were there when this process
     * took the store, and that no checkpoint refers to. A process that ends without warning leaves
     * what it had finished for checkpoints it never published. Streams written through this store
     * stay, whatever {@code live} says, so it may be called while checkpoints are written.
     *
     * @param live files of all checkpoints of the job that anybody may still restore from
     * @return how many streams were removed
     * @throws IOException if some are left that could not be removed
     */
    int sweep(Set<URI> live) throws IOException;

    /** Gives the store free for other processes. Published checkpoints stay. Idempotent. */
    @Override
    void close() throws IOException;
}
