package io.holdfast.spi.filesystem;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the bytes of a new file and publishes it at once or never. Used by one thread at a time.
 *
 * <p>After {@link #commit()} returned, the file survives a loss of power under its name, whole.
 * Before, or if it threw, there is no file of that name. How this is reached belongs to the file
 * system: temporary name, write, fsync, rename and fsync of the directory on a local disk; a
 * conditional put on an object store.
 */
public abstract class DurableOutput extends OutputStream {

    /** For subclasses. */
    protected DurableOutput() {}

    /**
     * Number of bytes written so far.
     *
     * @return the length
     */
    public abstract long length();

    /**
     * Publishes the file and closes this output.
     *
     * @throws IOException if the file could not be made durable, or if one of that name exists by
     *     now; nothing is left of it
     */
    public abstract void commit() throws IOException;

    /** Gives the file up unless it was committed. Idempotent; removes what was written. */
    @Override
    public abstract void close() throws IOException;
}
