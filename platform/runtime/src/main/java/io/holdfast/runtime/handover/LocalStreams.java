package io.holdfast.runtime.handover;

import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * Streams in a directory of this machine that are read again at once. They need not outlive the
 * process, so nothing is forced to the disk. May be used by several threads.
 */
final class LocalStreams implements SnapshotSink, SnapshotSource {
    private static final int BUFFER = 1 << 16;

    private final Path directory;
    private final AtomicInteger count = new AtomicInteger();

    /** Streams in a directory, which is made when the first one begins. */
    LocalStreams(Path directory) {
        this.directory = directory;
    }

    @Override
    public SnapshotOutput create(SnapshotScope scope) throws IOException {
        Files.createDirectories(directory);
        return new Output(directory.resolve("stream-" + count.incrementAndGet()), scope);
    }

    @Override
    public SeekableInput open(StreamHandle handle) throws IOException {
        if (handle instanceof StreamHandle.InFile file) {
            return new Input(Path.of(file.file()));
        }
        throw new IOException("not a stream of a hand-over: " + handle);
    }

    private static final class Output extends SnapshotOutput {
        private final Path file;
        private final SnapshotScope scope;
        private final OutputStream out;
        private final CRC32C crc = new CRC32C();
        private volatile long position;

        Output(Path file, SnapshotScope scope) throws IOException {
            this.file = file;
            this.scope = scope;
            this.out =
                    new BufferedOutputStream(
                            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            crc.update(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            crc.update(bytes, offset, count);
            position += count;
        }

        @Override
        public StreamHandle finish() throws IOException {
            out.close();
            return new StreamHandle.InFile(file.toUri(), position, (int) crc.getValue(), scope);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static final class Input extends SeekableInput {
        private final FileChannel channel;
        private InputStream buffered;
        private long position;

        Input(Path file) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            buffered = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
        }

        @Override
        public void seek(long target) throws IOException {
            if (target != position) {
                channel.position(target);
                buffered = new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
                position = target;
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public long length() throws IOException {
            return channel.size();
        }

        @Override
        public int read() throws IOException {
            int value = buffered.read();
            position += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = buffered.read(target, offset, count);
            position += Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
