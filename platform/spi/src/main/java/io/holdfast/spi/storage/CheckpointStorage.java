package io.holdfast.spi.storage;

import io.holdfast.spi.filesystem.FileSystems;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A choice of where checkpoints are stored, with its settings: what a job's code may set on the
 * environment. Immutable once a job runs; may be shared by jobs.
 */
@ConsumerType
public interface CheckpointStorage {

    /**
     * The name of its kind.
     *
     * @return the same as {@link CheckpointStorageFactory#name()}
     */
    String name();

    /**
     * The directory below which jobs' checkpoints or their metadata lie.
     *
     * @return an absolute URI, or empty if checkpoints end with the process
     */
    Optional<URI> directory();

    /**
     * The directory of savepoints that are requested without one.
     *
     * @return an absolute URI, or empty if such a request is refused; empty by default
     */
    default Optional<URI> savepointDirectory() {
        return Optional.empty();
    }

    /**
     * Opens the store of one job and takes it for this process.
     *
     * @param jobId names the job: 1 to 64 letters, digits, dashes
     * @param fileSystems the file systems of the host
     * @return the store; the caller closes it
     * @throws IOException if the directory cannot be made or written
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5002 if another process has the job's
     *     store
     */
    CheckpointStore open(String jobId, FileSystems fileSystems) throws IOException;
}
