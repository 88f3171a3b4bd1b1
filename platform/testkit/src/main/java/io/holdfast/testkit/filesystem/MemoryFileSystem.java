package io.holdfast.testkit.filesystem;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.DurableOutput;
import io.holdfast.spi.filesystem.FileInfo;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.SeekableInput;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Files in memory, under any scheme. What was committed is kept by the {@link Disk}, so that a
 * second file system on the same disk sees what another process would see.
 */
public final class MemoryFileSystem implements FileSystem {

    /** What outlives a file system. May be used by several threads. */
    public static final class Disk {
        // Path to bytes; null bytes for a directory. Guarded by this.
        private final TreeMap<String, byte[]> files = new TreeMap<>();
        private final Set<String> locks = new HashSet<>();

        /** An empty disk. */
        public Disk() {
            files.put("/", null);
        }

        /**
         * A file system on this disk.
         *
         * @return a new one
         */
        public MemoryFileSystem mount() {
            return new MemoryFileSystem(this);
        }

        private synchronized boolean present(String path) {
            return files.containsKey(path);
        }

        private synchronized Optional<byte[]> bytes(String path) {
            return Optional.ofNullable(files.get(path));
        }

        private synchronized void makeDirectories(String path) throws IOException {
            if (path.equals("/")) {
                return;
            }
            makeDirectories(parent(path));
            if (files.get(path) != null) {
                throw new IOException("cannot make '" + path + "': it is a file");
            }
            files.put(path, null);
        }

        private synchronized void add(String path, byte[] bytes) throws IOException {
            if (files.containsKey(path)) {
                throw new IOException("cannot write '" + path + "': it exists");
            }
            if (!files.containsKey(parent(path))) {
                throw new FileNotFoundException(
                        "cannot write '" + path + "': its directory is gone");
            }
            files.put(path, bytes);
        }

        private synchronized void remove(String path) {
            files.remove(path);
            files.subMap(path + "/", path + "0").clear();
        }

        private synchronized List<String> children(String path) {
            String prefix = path.equals("/") ? path : path + "/";
            String behind = prefix.substring(0, prefix.length() - 1) + '0';
            return files.subMap(prefix, false, behind, false).keySet().stream()
                    .filter(each -> each.indexOf('/', prefix.length()) < 0)
                    .toList();
        }

        private synchronized boolean lock(String path) {
            return locks.add(path);
        }

        private synchronized void unlock(String path) {
            locks.remove(path);
        }

        private static String parent(String path) {
            int slash = path.lastIndexOf('/');
            return slash <= 0 ? "/" : path.substring(0, slash);
        }
    }

    private final Disk disk;
    private volatile boolean closed;

    private MemoryFileSystem(Disk disk) {
        this.disk = disk;
    }

    private String path(URI uri) throws IOException {
        if (closed) {
            throw new IOException("'" + uri + "' is used after the file system was closed");
        }
        String path = uri.normalize().getPath();
        return path.length() > 1 && path.endsWith("/")
                ? path.substring(0, path.length() - 1)
                : path;
    }

    @Override
    public SeekableInput open(URI file) throws IOException {
        String path = path(file);
        if (!disk.present(path)) {
            throw new FileNotFoundException("cannot read '" + file + "': it does not exist");
        }
        byte[] bytes =
                disk.bytes(path)
                        .orElseThrow(
                                () -> new IOException("cannot read '" + file + "': a directory"));
        return new Input(bytes);
    }

    private final class Input extends SeekableInput {
        private final byte[] bytes;
        private int position;

        Input(byte[] bytes) {
            this.bytes = bytes;
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

        @Override
        public int read() throws IOException {
            if (closed) {
                throw new IOException("the file system was closed");
            }
            return position == bytes.length ? -1 : bytes[position++] & 0xff;
        }
    }

    @Override
    public DurableOutput create(URI file) throws IOException {
        String path = path(file);
        if (disk.present(path)) {
            throw new IOException("cannot write '" + file + "': it exists");
        }
        disk.makeDirectories(Disk.parent(path));
        return new Output(path);
    }

    private final class Output extends DurableOutput {
        private final String path;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean ended;

        Output(String path) {
            this.path = path;
        }

        private void requireOpen() throws IOException {
            if (ended || closed) {
                throw new IOException("'" + path + "' is written after it was closed");
            }
        }

        @Override
        public long length() {
            return bytes.size();
        }

        @Override
        public void write(int value) throws IOException {
            requireOpen();
            bytes.write(value);
        }

        @Override
        public void write(byte[] source, int offset, int count) throws IOException {
            Objects.checkFromIndexSize(offset, count, source.length);
            requireOpen();
            bytes.write(source, offset, count);
        }

        @Override
        public void commit() throws IOException {
            requireOpen();
            ended = true;
            disk.add(path, bytes.toByteArray());
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    @Override
    public Optional<FileInfo> info(URI uri) throws IOException {
        String path = path(uri);
        return disk.present(path) ? Optional.of(info(uri, path)) : Optional.empty();
    }

    private FileInfo info(URI like, String path) throws IOException {
        Optional<byte[]> bytes = disk.bytes(path);
        try {
            URI uri = new URI(like.getScheme(), like.getAuthority(), path, null, null);
            return new FileInfo(
                    uri,
                    bytes.isEmpty(),
                    bytes.map(content -> content.length).orElse(0),
                    Instant.EPOCH);
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    @Override
    public List<FileInfo> list(URI directory) throws IOException {
        String path = path(directory);
        if (disk.bytes(path).isPresent()) {
            throw new IOException("cannot list '" + directory + "': it is a file");
        }
        List<FileInfo> found = new ArrayList<>();
        for (String child : disk.children(path)) {
            found.add(info(directory, child));
        }
        return found;
    }

    @Override
    public void delete(URI path) throws IOException {
        disk.remove(path(path));
    }

    @Override
    public Closeable lock(URI directory) throws IOException {
        String path = path(directory);
        disk.makeDirectories(path);
        if (!disk.lock(path)) {
            throw Problem.environment("STORAGE-5002", "'" + directory + "' is in use.")
                    .with("used by", "another owner on this disk")
                    .exception();
        }
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                disk.unlock(path);
            }
        };
    }

    @Override
    public void prepare(URI directory) throws IOException {
        disk.makeDirectories(path(directory));
    }

    @Override
    public void close() {
        closed = true;
    }
}
