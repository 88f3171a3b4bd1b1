package io.holdfast.toolkit.checkpoint;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.io.BytesOutput;

/** A stream in memory, whose bytes stand in its handle. Used by one thread at a time. */
public final class InlineOutput extends SnapshotOutput {
    private final BytesOutput bytes = new BytesOutput(1 << 12);

    /** An empty stream. */
    public InlineOutput() {}

    @Override
    public long position() {
        return bytes.length();
    }

    @Override
    public void write(int value) {
        bytes.writeByte(value);
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        bytes.write(source, offset, length);
    }

    @Override
    public StreamHandle finish() {
        return new StreamHandle.Inline(bytes.toByteArray());
    }

    @Override
    public void close() {}
}
