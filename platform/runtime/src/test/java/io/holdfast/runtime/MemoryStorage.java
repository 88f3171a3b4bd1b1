package io.holdfast.runtime;

import io.holdfast.api.error.Problem;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.testkit.fixture.MemorySnapshots;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongPredicate;

/** A storage that outlives jobs, as long as the test keeps it, and that fails when told to. */
final class MemoryStorage implements CheckpointStorage {
    private final MemorySnapshots snapshots = new MemorySnapshots(100);
    private final Map<String, TreeMap<Long, StoredCheckpoint>> jobs = new ConcurrentHashMap<>();
    private final Map<String, StoredCheckpoint> all = new ConcurrentSkipListMap<>();
    volatile LongPredicate refuses = id -> false;
    volatile Runnable beforeOpen = () -> {};
    volatile Runnable beforeReading = () -> {};

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public Optional<URI> directory() {
        return Optional.empty();
    }

    @Override
    public CheckpointStore open(String jobId, FileSystems fileSystems) {
        beforeOpen.run();
        return new Store(jobId, jobs.computeIfAbsent(jobId, id -> new TreeMap<>()));
    }

    private final class Store implements CheckpointStore {
        private final String jobId;
        private final TreeMap<Long, StoredCheckpoint> published;

        Store(String jobId, TreeMap<Long, StoredCheckpoint> published) {
            this.jobId = jobId;
            this.published = published;
        }

        @Override
        public SeekableInput open(StreamHandle handle) throws IOException {
            beforeReading.run();
            return snapshots.open(handle);
        }

        @Override
        public CheckpointWrite begin(long checkpointId) throws IOException {
            if (refuses.test(checkpointId)) {
                throw new IOException("no room for checkpoint " + checkpointId);
            }
            return new Write(jobId + "/chk-" + checkpointId, checkpointId);
        }

        @Override
        public CheckpointWrite beginSavepoint(URI directory) {
            return new Write(directory.toString(), -1);
        }

        @Override
        public synchronized List<StoredCheckpoint> published() {
            return List.copyOf(published.descendingMap().values());
        }

        @Override
        public StoredCheckpoint resolve(String pointer) {
            StoredCheckpoint found = all.get(pointer);
            if (found == null) {
                throw Problem.user("STORAGE-5007", "No checkpoint at '" + pointer + "'.")
                        .exception();
            }
            return found;
        }

        @Override
        public synchronized void discard(StoredCheckpoint checkpoint) {
            published.values().remove(checkpoint);
            all.remove(checkpoint.pointer());
        }

        @Override
        public void discard(StreamHandle stream) {}

        @Override
        public int sweep(Set<URI> live) {
            return 0;
        }

        @Override
        public void close() {}

        private synchronized void add(long id, StoredCheckpoint checkpoint) {
            if (id >= 0) {
                published.put(id, checkpoint);
            }
            all.put(checkpoint.pointer(), checkpoint);
        }

        private final class Write implements CheckpointWrite {
            private final String pointer;
            private final long id;

            Write(String pointer, long id) {
                this.pointer = pointer;
                this.id = id;
            }

            @Override
            public Optional<URI> directory() {
                return Optional.empty();
            }

            @Override
            public SnapshotOutput create(SnapshotScope scope) {
                return snapshots.create(scope);
            }

            @Override
            public StoredCheckpoint publish(byte[] metadata) {
                StoredCheckpoint stored = new StoredCheckpoint(pointer, Optional.empty(), metadata);
                add(id, stored);
                return stored;
            }

            @Override
            public void close() {}
        }
    }
}
