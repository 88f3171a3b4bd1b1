package io.holdfast.runtime.connector;

import io.holdfast.api.connector.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The lines of a stream that can be read only once, such as the standard input: one split, whose
 * position is a number of lines.
 *
 * <p>What was read is kept in a temporary file until the process ends, so that a job that restarts
 * reads it again. A job that is restored in a new process is expected to be given the same stream
 * from its beginning, and skips the lines it had processed.
 */
public final class StandardInputSource implements Source<String> {
    private static final int BLOCK = 1 << 16;

    private final InputStream in;
    private final Spool spool = new Spool();

    /** Reads {@link System#in}. */
    public StandardInputSource() {
        this(System.in);
    }

    /**
     * Reads a stream.
     *
     * @param in the stream; never closed
     */
    public StandardInputSource(InputStream in) {
        this.in = Objects.requireNonNull(in, "in");
    }

    @Override
    public List<Split> splits() {
        return List.of(new Split("standard-input", 0));
    }

    @Override
    public SplitReader<String> open(Split split) throws IOException {
        spool.begin(in);
        SpoolStream stream = new SpoolStream(spool);
        LinesSource.LineReader lines = new LinesSource.LineReader(stream, 0);
        return new SplitReader<>() {
            private long position;

            @Override
            public String next() throws IOException {
                while (position < split.position()) {
                    if (lines.next() == null) {
                        return null;
                    }
                    position++;
                }
                String line = lines.next();
                if (line != null) {
                    position++;
                }
                return line;
            }

            @Override
            public long position() {
                return Math.max(position, split.position());
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    /** A file that one thread fills from the stream and readers follow. */
    private static final class Spool {
        private RandomAccessFile file;
        private long length;
        private boolean ended;
        private IOException failure;

        synchronized void begin(InputStream in) throws IOException {
            if (file != null) {
                return;
            }
            Path path = Files.createTempFile("holdfast-input-", ".spool");
            file = new RandomAccessFile(path.toFile(), "rw");
            // Gone with the process, however it ends, where an open file can be removed.
            if (!path.toFile().delete()) {
                path.toFile().deleteOnExit();
            }
            Thread thread = new Thread(() -> copy(in), "spool standard input");
            thread.setDaemon(true);
            thread.start();
        }

        private void copy(InputStream in) {
            byte[] block = new byte[BLOCK];
            try {
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    append(block, read);
                }
                end(null);
            } catch (IOException e) {
                end(e);
            }
        }

        private synchronized void append(byte[] block, int count) throws IOException {
            file.seek(length);
            file.write(block, 0, count);
            length += count;
            notifyAll();
        }

        private synchronized void end(IOException cause) {
            ended = true;
            failure = cause;
            notifyAll();
        }

        synchronized int read(SpoolStream reader, byte[] target, int offset, int count)
                throws IOException {
            while (!reader.closed && reader.position == length && !ended) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while waiting for input", e);
                }
            }
            if (reader.closed || reader.position == length) {
                if (failure != null && !reader.closed) {
                    throw new IOException("reading the standard input failed", failure);
                }
                return -1;
            }
            file.seek(reader.position);
            int read = file.read(target, offset, (int) Math.min(count, length - reader.position));
            reader.position += read;
            return read;
        }

        synchronized void close(SpoolStream reader) {
            reader.closed = true;
            notifyAll();
        }
    }

    private static final class SpoolStream extends InputStream {
        private final Spool spool;
        private long position;
        private boolean closed;

        SpoolStream(Spool spool) {
            this.spool = spool;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            return spool.read(this, target, offset, count);
        }

        @Override
        public void close() {
            spool.close(this);
        }
    }
}
