package io.holdfast.storage.filesystem.local;

import io.holdfast.spi.filesystem.SeekableInput;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Objects;

/** Reads a file. Interrupts do not disturb it. */
final class LocalInput extends SeekableInput {
    private static final int BUFFER = 32 * 1024;

    private final LocalFileSystem owner;
    private final Path path;
    private final RandomAccessFile file;
    private byte[] buffer = new byte[0];
    // The buffer holds the bytes before the position of the file; next is the first unread one.
    private int next;
    private int end;

    LocalInput(LocalFileSystem owner, Path path) throws IOException {
        this.owner = owner;
        this.path = path;
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    @Override
    public void seek(long position) throws IOException {
        owner.requireOpen();
        if (position < 0 || position > length()) {
            throw new IOException(
                    "'%s' has %d bytes, no position %d".formatted(path, length(), position));
        }
        long first = file.getFilePointer() - end;
        if (position >= first && position <= first + end) {
            next = (int) (position - first);
        } else {
            file.seek(position);
            next = 0;
            end = 0;
        }
    }

    @Override
    public long position() throws IOException {
        return file.getFilePointer() - end + next;
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(Integer.MAX_VALUE, length() - position());
    }

    @Override
    public int read() throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        return buffer[next++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) {
            return 0;
        }
        if (next == end) {
            if (count >= BUFFER) {
                next = 0;
                end = 0;
                return get(target, offset, count);
            }
            if (!fill()) {
                return -1;
            }
        }
        int read = Math.min(count, end - next);
        System.arraycopy(buffer, next, target, offset, read);
        next += read;
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = Math.max(0, Math.min(count, length() - position()));
        seek(position() + skipped);
        return skipped;
    }

    private boolean fill() throws IOException {
        if (buffer.length == 0) {
            buffer = new byte[BUFFER];
        }
        next = 0;
        end = 0;
        end = Math.max(0, get(buffer, 0, BUFFER));
        return end > 0;
    }

    private int get(byte[] target, int offset, int count) throws IOException {
        owner.requireOpen();
        try {
            return file.read(target, offset, count);
        } catch (IOException e) {
            throw LocalFailures.explain("read", path, e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
