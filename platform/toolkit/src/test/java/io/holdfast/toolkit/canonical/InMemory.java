package io.holdfast.toolkit.canonical;

import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** One stream, which stands in its handle. */
final class InMemory {
    /** Takes a stream. */
    static final SnapshotSink SINK = InMemory::create;

    /** Gives it back. */
    static final SnapshotSource SOURCE =
            handle -> new Input(((StreamHandle.Inline) handle).bytes(), Integer.MAX_VALUE);

    private InMemory() {}

    /** Gives at most so many bytes a read. */
    static SnapshotSource shortReads(int most) {
        return handle -> new Input(((StreamHandle.Inline) handle).bytes(), most);
    }

    private static SnapshotOutput create(SnapshotScope scope) {
        return new SnapshotOutput() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            private boolean closed;

            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] source, int offset, int count) throws IOException {
                if (closed) {
                    throw new IOException("closed");
                }
                bytes.write(source, offset, count);
            }

            @Override
            public long position() {
                return bytes.size();
            }

            @Override
            public StreamHandle finish() throws IOException {
                write(new byte[0], 0, 0);
                return new StreamHandle.Inline(bytes.toByteArray());
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }

    private static final class Input extends SeekableInput {
        private final byte[] bytes;
        private final int most;
        private int position;

        Input(byte[] bytes, int most) {
            this.bytes = bytes;
            this.most = most;
        }

        @Override
        public int read() {
            return position == bytes.length ? -1 : bytes[position++] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (count == 0) {
                return 0;
            }
            int read = Math.min(Math.min(count, most), bytes.length - position);
            if (read == 0) {
                return -1;
            }
            System.arraycopy(bytes, position, target, offset, read);
            position += read;
            return read;
        }

        @Override
        public void seek(long target) throws IOException {
            if (target < 0 || target > bytes.length) {
                throw new IOException("position " + target + " of " + bytes.length);
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
    }
}
