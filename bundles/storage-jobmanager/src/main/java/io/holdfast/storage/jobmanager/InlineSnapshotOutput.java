package io.holdfast.storage.jobmanager;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** Collects a stream; refuses the byte that makes it too large. */
final class InlineSnapshotOutput extends SnapshotOutput {
    private static final int FIRST_BUFFER = 512;

    private final StateLimit limit;
    private final int maxBytes;
    private final HeapBudget budget;
    private byte[] buffer = new byte[0];
    private int length;
    // What of the budget is ours: the buffer until the stream is finished, its bytes from then on.
    private long reserved;

    InlineSnapshotOutput(StateLimit limit, HeapBudget budget) {
        this.limit = limit;
        this.maxBytes = limit.bytes();
        this.budget = budget;
    }

    @Override
    public long position() {
        return length;
    }

    @Override
    public void write(int value) throws IOException {
        makeRoom(1);
        buffer[length++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        makeRoom(count);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
    }

    private void makeRoom(int count) throws IOException {
        if (count > maxBytes - length) {
            throw tooLarge((long) length + count);
        }
        if (count > buffer.length - length) {
            long doubled = Math.max(FIRST_BUFFER, 2L * buffer.length);
            int capacity = (int) Math.min(maxBytes, Math.max(doubled, (long) length + count));
            budget.reserve(capacity - reserved);
            reserved = capacity;
            buffer = Arrays.copyOf(buffer, capacity);
        }
    }

    private IOException tooLarge(long size) {
        return new IOException(limit.exceededBy(size).toString());
    }

    @Override
    public StreamHandle finish() {
        byte[] bytes = buffer.length == length ? buffer : Arrays.copyOf(buffer, length);
        budget.release(reserved - length);
        reserved = 0;
        buffer = bytes;
        return new StreamHandle.Inline(bytes);
    }

    @Override
    public void close() {
        budget.release(reserved);
        reserved = 0;
        buffer = new byte[0];
    }
}
