package io.holdfast.spi.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Files and directories of one kind of storage. Failures are {@link IOException}s whose message
 * names the file.
 */
@ConsumerType
public interface FileSystem extends AutoCloseable {

    /**
     * Opens a file for reading.
     *
     * @param file the file
     * @return its bytes; buffered; the caller closes it
     * @throws java.io.FileNotFoundException if there is no such file
     * @throws IOException if it cannot be opened
     */
    SeekableInput open(URI file) throws IOException;

    /**
     * Begins a file. Nothing is visible under {@code file} before {@link DurableOutput#commit()}.
     * Missing directories above it are made.
     *
     * @param file a file that does not exist
     * @return takes its bytes; buffered; the caller commits or closes it
     * @throws IOException if it cannot be begun
     */
    DurableOutput create(URI file) throws IOException;

    /**
     * Looks up a file or directory.
     *
     * @param path the path
     * @return what is there, or empty if nothing is
     * @throws IOException if that cannot be told
     */
    Optional<FileInfo> info(URI path) throws IOException;

    /**
     * Lists a directory. Files that were begun and not committed are left out.
     *
     * @param directory the directory
     * @return what it holds, by name; empty if there is no such directory
     * @throws IOException if it cannot be read
     */
    List<FileInfo> list(URI directory) throws IOException;

    /**
     * Removes a file, or a directory with all it holds. Removing what is not there is no failure.
     * What was removed does not come back after a loss of power.
     *
     * @param path the path
     * @throws IOException if something is left
     */
    void delete(URI path) throws IOException;

    /**
     * Takes a directory for one owner, across processes, until the lock is closed or the process
     * ends. Makes the directory if it does not exist.
     *
     * @param directory the directory
     * @return the lock; the caller closes it
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5002 if another owner has it; the
     *     message names the owner as far as it is known
     * @throws IOException if the directory cannot be made or written
     */
    Closeable lock(URI directory) throws IOException;

    /**
     * Makes a directory ready for its owner: it exists on return, and of files that were begun
     * directly in it and neither committed nor closed, because their writer died, nothing is left.
     * The caller has made sure that nobody writes there, usually by {@link #lock}.
     *
     * @param directory the directory
     * @throws IOException if it cannot be made, or something is left
     */
    void prepare(URI directory) throws IOException;

    /** Releases connections and threads; open inputs and outputs become unusable. Idempotent. */
    @Override
    void close() throws IOException;
}
