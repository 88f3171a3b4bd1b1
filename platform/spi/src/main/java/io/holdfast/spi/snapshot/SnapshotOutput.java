package io.holdfast.spi.snapshot;

import java.io.IOException;
import java.io.OutputStream;

/** Takes the bytes of one stream of a snapshot. Used by one thread at a time; buffered. */
public abstract class SnapshotOutput extends OutputStream {

    /** For subclasses. */
    protected SnapshotOutput() {}

    /**
     * Number of bytes written so far, which is where the next one goes.
     *
     * @return the position
     */
    public abstract long position();

    /**
     * Makes the bytes durable and closes this output.
     *
     * @return refers to the bytes
     * @throws IOException if they could not be stored, or are more than the storage takes; nothing
     *     is left of them
     */
    public abstract StreamHandle finish() throws IOException;

    /**
     * Gives the bytes up unless {@link #finish()} was called. Idempotent. May be called by another
     * thread to stop a writer.
     */
    @Override
    public abstract void close() throws IOException;
}
