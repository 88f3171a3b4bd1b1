package io.holdfast.toolkit.checkpoint;

import io.holdfast.spi.filesystem.SeekableInput;
import java.io.IOException;
import java.util.Objects;

/** Reads the bytes of a handle. Used by one thread at a time. */
public final class InlineInput extends SeekableInput {
    private final byte[] bytes;
    private int position;

    /**
     * Begins at the first byte.
     *
     * @param bytes not copied
     */
    public InlineInput(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public void seek(long target) throws IOException {
        if (target < 0 || target > bytes.length) {
            throw new IOException("position " + target + " of " + bytes.length + " bytes");
        }
        position = (int) target;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public int available() {
        return bytes.length - position;
    }

    @Override
    public int read() {
        return position == bytes.length ? -1 : bytes[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) {
            return 0;
        }
        if (position == bytes.length) {
            return -1;
        }
        int read = Math.min(count, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, read);
        position += read;
        return read;
    }

    @Override
    public long skip(long count) {
        int skipped = (int) Math.max(0, Math.min(count, bytes.length - position));
        position += skipped;
        return skipped;
    }
}
