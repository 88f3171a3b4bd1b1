package io.holdfast.toolkit.checkpoint;

import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Buffers a stream; begins a file when the buffer overflows, or at the end if the stream is above
 * the inline threshold. The checksum is taken of the bytes as they came in.
 */
final class FileSnapshotOutput extends SnapshotOutput {
    private static final int FIRST_BUFFER = 512;

    private final StreamPlace place;
    private final int threshold;
    private final int capacity;
    private final CRC32C crc = new CRC32C();
    private byte[] buffer;
    private int buffered;
    private long length;
    private URI name;
    private DurableOutput file;

    FileSnapshotOutput(StreamPlace place, int threshold, int capacity) {
        this.place = place;
        this.threshold = threshold;
        this.capacity = capacity;
        this.buffer = new byte[Math.min(FIRST_BUFFER, capacity)];
    }

    @Override
    public long position() {
        return length;
    }

    @Override
    public void write(int value) throws IOException {
        makeRoom(1);
        buffer[buffered++] = (byte) value;
        length++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (count > capacity) {
            spill();
            crc.update(bytes, offset, count);
            file.write(bytes, offset, count);
        } else {
            makeRoom(count);
            System.arraycopy(bytes, offset, buffer, buffered, count);
            buffered += count;
        }
        length += count;
    }

    private void makeRoom(int count) throws IOException {
        if (buffered + count > capacity) {
            spill();
        }
        if (buffered + count > buffer.length) {
            int doubled = Math.max(buffer.length * 2, buffered + count);
            buffer = Arrays.copyOf(buffer, Math.min(doubled, capacity));
        }
    }

    private void spill() throws IOException {
        if (file == null) {
            name = place.newFile();
            file = place.fileSystem().create(name);
        }
        crc.update(buffer, 0, buffered);
        file.write(buffer, 0, buffered);
        buffered = 0;
    }

    @Override
    public StreamHandle finish() throws IOException {
        if (file == null && length <= threshold) {
            return new StreamHandle.Inline(Arrays.copyOf(buffer, buffered));
        }
        spill();
        file.commit();
        return new StreamHandle.InFile(name, length, (int) crc.getValue(), place.scope());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
