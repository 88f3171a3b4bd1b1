package io.holdfast.storage.filesystem.local;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.DurableOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that is being written: the only place of the local file system that writes data.
 *
 * <p>The bytes go to a temporary name in the same directory that no one had before. Committing is,
 * in this order: write what is buffered, fsync the file, close it, give it its name unless the name
 * is taken, fsync the directory. Only then is the file promised. A step that fails is not repeated:
 * after a failed fsync nobody knows what is on the disk, so the file is removed and its name not
 * used again.
 */
final class LocalOutput extends DurableOutput {
    private static final int BUFFER = 8192;

    private enum State {
        OPEN,
        BROKEN,
        COMMITTED,
        CLOSED
    }

    private final LocalFileSystem owner;
    private final Disk disk;
    private final Path temporary;
    private final Path file;
    private final Disk.Sink sink;
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long length;
    private State state = State.OPEN;

    LocalOutput(LocalFileSystem owner, Disk disk, Path temporary, Path file) throws IOException {
        this.owner = owner;
        this.disk = disk;
        this.temporary = temporary;
        this.file = file;
        this.sink = disk.createNew(temporary);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void write(int value) throws IOException {
        requireOpen();
        if (buffered == BUFFER) {
            flush();
        }
        buffer[buffered++] = (byte) value;
        length++;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        requireOpen();
        if (count > BUFFER - buffered) {
            flush();
        }
        if (count > BUFFER) {
            try {
                sink.write(bytes, offset, count);
            } catch (IOException e) {
                throw broken(e);
            }
        } else {
            System.arraycopy(bytes, offset, buffer, buffered, count);
            buffered += count;
        }
        length += count;
    }

    @Override
    public void flush() throws IOException {
        requireOpen();
        try {
            drain();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void drain() throws IOException {
        sink.write(buffer, 0, buffered);
        buffered = 0;
    }

    private IOException broken(IOException failure) {
        state = State.BROKEN;
        return LocalFailures.explain("write", file, failure);
    }

    @Override
    public void commit() throws IOException {
        requireOpen();
        boolean named = false;
        try {
            drain();
            sink.sync();
            sink.close();
            disk.publish(temporary, file);
            named = true;
            disk.syncDirectory(file.getParent());
            state = State.COMMITTED;
        } catch (IOException e) {
            IOException failure = broken(e);
            takeBack(named, failure);
            throw failure;
        }
    }

    private void takeBack(boolean named, IOException failure) {
        try {
            if (named) {
                disk.remove(file);
                disk.syncDirectory(file.getParent());
            }
            close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void requireOpen() throws IOException {
        owner.requireOpen();
        if (state != State.OPEN) {
            throw new IOException(
                    Problem.bug(
                                    "STORAGE-5016",
                                    "'%s' is written after it was committed, closed or given up."
                                            .formatted(file))
                            .build()
                            .toString());
        }
    }

    @Override
    public void close() throws IOException {
        if (state == State.COMMITTED || state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        try {
            sink.close();
        } catch (IOException e) {
            // What was written is thrown away anyway.
            disk.remove(temporary);
            return;
        }
        disk.remove(temporary);
    }
}
