package io.holdfast.backend.hashmap;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.List;

/** An output that tells how long it became. */
final class Counted extends SnapshotOutput {
    private final SnapshotOutput output;
    private final List<Long> lengths;

    Counted(SnapshotOutput output, List<Long> lengths) {
        this.output = output;
        this.lengths = lengths;
    }

    @Override
    public void write(int value) throws IOException {
        output.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        output.write(bytes, offset, length);
    }

    @Override
    public long position() {
        return output.position();
    }

    @Override
    public StreamHandle finish() throws IOException {
        synchronized (lengths) {
            lengths.add(output.position());
        }
        return output.finish();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }
}
