package io.holdfast.runtime.checkpoint;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadataFormat;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * A storage that keeps files in memory, laid out like the one of files, and fails when told to.
 * Safe for several threads.
 */
final class MemoryStore implements CheckpointStore {
    static final URI JOB = URI.create("memory:///checkpoints/job/");

    /** What can fail. */
    enum Step {
        BEGIN,
        CREATE,
        PUBLISH,
        DISCARD_CHECKPOINT,
        DISCARD_STREAM,
        SWEEP
    }

    final Map<URI, byte[]> files = new TreeMap<>();
    private final Map<byte[], List<URI>> references = new IdentityHashMap<>();
    final Set<Step> failing = new HashSet<>();
    private final AtomicLong names = new AtomicLong();
    private Set<URI> inherited = Set.of();

    /** The process has died and a new one takes the store. */
    synchronized void takenOver() {
        String shared = JOB.resolve("shared/").getPath();
        inherited =
                files.keySet().stream()
                        .filter(file -> file.getPath().startsWith(shared))
                        .collect(Collectors.toSet());
        Set<URI> unpublished = unreferenced();
        unpublished.removeAll(inherited);
        files.keySet().removeAll(unpublished);
    }

    synchronized void fail(Step step) {
        failing.add(step);
    }

    synchronized void heal() {
        failing.clear();
    }

    private synchronized void check(Step step) throws IOException {
        if (failing.contains(step)) {
            throw new IOException("No space left on device (" + step + ")");
        }
    }

    /** Directories of the published checkpoints and savepoints. */
    synchronized List<URI> metadata() {
        return files.keySet().stream()
                .filter(file -> file.getPath().endsWith("/_metadata"))
                .toList();
    }

    /** All files that no published checkpoint or savepoint refers to. */
    synchronized Set<URI> unreferenced() {
        Set<URI> left = new HashSet<>(files.keySet());
        for (URI metadata : metadata()) {
            left.remove(metadata);
            referenced(metadata).forEach(left::remove);
        }
        return left;
    }

    /** Files that a published checkpoint or savepoint refers to and that are not there. */
    synchronized Set<URI> missing() {
        Set<URI> missing = new HashSet<>();
        for (URI metadata : metadata()) {
            missing.addAll(referenced(metadata));
        }
        missing.removeAll(files.keySet());
        return missing;
    }

    private List<URI> referenced(URI metadata) {
        return references.computeIfAbsent(
                files.get(metadata),
                bytes ->
                        CheckpointMetadataFormat.decode(
                                        bytes, Optional.of(metadata.resolve(".")), "test")
                                .files()
                                .map(StreamHandle.InFile::file)
                                .toList());
    }

    synchronized void damage(URI file) {
        files.get(file)[0] ^= 1;
    }

    @Override
    public CheckpointWrite begin(long checkpointId) throws IOException {
        check(Step.BEGIN);
        URI directory = JOB.resolve("chk-" + checkpointId + "/");
        synchronized (this) {
            files.keySet().removeIf(file -> file.getPath().startsWith(directory.getPath()));
        }
        return new Write(directory, JOB.resolve("shared/"));
    }

    @Override
    public CheckpointWrite beginSavepoint(URI directory) throws IOException {
        check(Step.BEGIN);
        return new Write(directory, directory);
    }

    @Override
    public synchronized List<StoredCheckpoint> published() {
        List<StoredCheckpoint> published = new ArrayList<>();
        for (URI metadata : metadata()) {
            if (metadata.getPath().startsWith(JOB.getPath())) {
                published.add(stored(metadata.resolve(".")));
            }
        }
        published.sort(Comparator.comparingLong(MemoryStore::id).reversed());
        return published;
    }

    private static long id(StoredCheckpoint stored) {
        String path = stored.directory().orElseThrow().getPath();
        return Long.parseLong(path.substring(path.lastIndexOf('-') + 1, path.length() - 1));
    }

    private StoredCheckpoint stored(URI directory) {
        return new StoredCheckpoint(
                directory.toString(),
                Optional.of(directory),
                files.get(directory.resolve("_metadata")));
    }

    @Override
    public synchronized StoredCheckpoint resolve(String pointer) {
        URI directory = URI.create(pointer);
        if (!files.containsKey(directory.resolve("_metadata"))) {
            throw Problem.user("STORAGE-5007", "No checkpoint or savepoint at '" + pointer + "'.")
                    .exception();
        }
        return stored(directory);
    }

    @Override
    public void discard(StoredCheckpoint checkpoint) throws IOException {
        check(Step.DISCARD_CHECKPOINT);
        synchronized (this) {
            String path = checkpoint.directory().orElseThrow().getPath();
            files.keySet().removeIf(file -> file.getPath().startsWith(path));
        }
    }

    @Override
    public void discard(StreamHandle stream) throws IOException {
        check(Step.DISCARD_STREAM);
        if (stream instanceof StreamHandle.InFile file) {
            synchronized (this) {
                files.remove(file.file());
            }
        }
    }

    @Override
    public synchronized int sweep(Set<URI> live) throws IOException {
        check(Step.SWEEP);
        Set<URI> left = new HashSet<>(inherited);
        left.removeAll(live);
        files.keySet().removeAll(left);
        return left.size();
    }

    @Override
    public SeekableInput open(StreamHandle handle) throws IOException {
        byte[] bytes;
        if (handle instanceof StreamHandle.InFile file) {
            synchronized (this) {
                bytes = files.get(file.file());
            }
            if (bytes == null) {
                throw new FileNotFoundException(file.file().toString());
            }
        } else {
            bytes = ((StreamHandle.Inline) handle).bytes();
        }
        return new BytesSeekable(bytes);
    }

    @Override
    public void close() {}

    private final class Write implements CheckpointWrite {
        private final URI directory;
        private final URI shared;
        private final List<URI> written = new ArrayList<>();
        private boolean published;

        Write(URI directory, URI shared) {
            this.directory = directory;
            this.shared = shared;
        }

        @Override
        public Optional<URI> directory() {
            return Optional.of(directory);
        }

        @Override
        public SnapshotOutput create(SnapshotScope scope) throws IOException {
            check(Step.CREATE);
            URI base = scope == SnapshotScope.SHARED ? shared : directory;
            return new Output(this, base.resolve("f" + names.incrementAndGet()), scope);
        }

        @Override
        public StoredCheckpoint publish(byte[] metadata) throws IOException {
            check(Step.PUBLISH);
            synchronized (MemoryStore.this) {
                published = true;
                files.put(directory.resolve("_metadata"), metadata);
                return stored(directory);
            }
        }

        @Override
        public void close() {
            synchronized (MemoryStore.this) {
                if (!published) {
                    written.forEach(files::remove);
                }
            }
        }
    }

    private final class Output extends SnapshotOutput {
        private final Write write;
        private final URI file;
        private final SnapshotScope scope;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output(Write write, URI file, SnapshotScope scope) {
            this.write = write;
            this.file = file;
            this.scope = scope;
        }

        @Override
        public void write(int value) {
            bytes.write(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes.write(source, offset, length);
        }

        @Override
        public long position() {
            return bytes.size();
        }

        @Override
        public StreamHandle finish() {
            CRC32C crc = new CRC32C();
            crc.update(bytes.toByteArray());
            synchronized (MemoryStore.this) {
                files.put(file, bytes.toByteArray());
                write.written.add(file);
            }
            return new StreamHandle.InFile(file, bytes.size(), (int) crc.getValue(), scope);
        }

        @Override
        public void close() {}
    }

    private static final class BytesSeekable extends SeekableInput {
        private final byte[] bytes;
        private int position;

        BytesSeekable(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return position < bytes.length ? bytes[position++] & 0xFF : -1;
        }

        @Override
        public void seek(long target) {
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
