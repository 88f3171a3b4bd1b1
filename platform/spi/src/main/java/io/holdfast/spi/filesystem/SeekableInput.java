package io.holdfast.spi.filesystem;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read from any position. Used by one thread at a time; the reader closes it. */
public abstract class SeekableInput extends InputStream {

    /** For subclasses. */
    protected SeekableInput() {}

    /**
     * Moves to a position.
     *
     * @param position from 0 to {@link #length()}
     * @throws IOException if that is out of range or fails
     */
    public abstract void seek(long position) throws IOException;

    /**
     * Where the next byte is read.
     *
     * @return the position
     * @throws IOException if it cannot be told
     */
    public abstract long position() throws IOException;

    /**
     * Number of all bytes.
     *
     * @return the length
     * @throws IOException if it cannot be told
     */
    public abstract long length() throws IOException;
}
