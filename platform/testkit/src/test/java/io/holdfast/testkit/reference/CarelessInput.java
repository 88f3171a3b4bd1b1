package io.holdfast.testkit.reference;

import io.holdfast.spi.filesystem.SeekableInput;
import java.io.IOException;

/** Believes that one read gives all that was asked for, as careless readers do. */
final class CarelessInput extends SeekableInput {
    private final SeekableInput in;

    CarelessInput(SeekableInput in) {
        this.in = in;
    }

    @Override
    public int readNBytes(byte[] target, int offset, int count) throws IOException {
        in.read(target, offset, count);
        return count;
    }

    @Override
    public int read() throws IOException {
        return in.read();
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        return in.read(target, offset, count);
    }

    @Override
    public void seek(long position) throws IOException {
        in.seek(position);
    }

    @Override
    public long position() throws IOException {
        return in.position();
    }

    @Override
    public long length() throws IOException {
        return in.length();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
