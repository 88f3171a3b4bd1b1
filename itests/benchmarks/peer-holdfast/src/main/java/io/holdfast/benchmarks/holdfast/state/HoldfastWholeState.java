package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.benchmarks.whole.WholeState;
import io.holdfast.spi.filesystem.FileSystem;
import io.holdfast.spi.filesystem.FileSystemFactory;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;

/**
 * A value state and the {@code filesystem} checkpoint storage, as the engine uses them. A
 * checkpoint is published, which Flink's coordinator would do too, but is not measured doing.
 *
 * @param <V> type of the values
 */
final class HoldfastWholeState<V> implements WholeState<V> {

    private static final byte[] NO_METADATA = {0};

    private final boolean incremental;
    private final FileSystem fileSystem;
    private final CheckpointStore store;
    private final HoldfastBackend<Long> backend;
    private final ValueState<V> state;

    HoldfastWholeState(
            String name,
            Class<V> values,
            Path work,
            Path checkpoints,
            Optional<WholeState.Stored> from)
            throws IOException {
        StateBackend choice = HoldfastBackend.named(name);
        incremental = choice.snapshotKinds().contains(SnapshotKind.INCREMENTAL);
        fileSystem =
                module(FileSystemFactory.class, each -> each.schemes().contains("file"))
                        .create(new Configuration());
        store =
                module(CheckpointStorageFactory.class, each -> each.name().equals("filesystem"))
                        .create(
                                new Configuration()
                                        .set(
                                                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                                                checkpoints.toUri().toString()))
                        .open("benchmark", uri -> fileSystem);
        List<KeyedSnapshotHandle> restored =
                from.map(stored -> ((Written) stored).handle()).stream().toList();
        backend = HoldfastBackend.open(choice, Serializers.LONG, work, restored, store);
        state =
                HoldfastBackend.state(
                        backend.keyed()
                                .value(
                                        new ValueStateDescriptor<>("values", values),
                                        VoidNamespace.SERIALIZER));
    }

    private static <F> F module(Class<F> kind, Predicate<F> wanted) {
        return ServiceLoader.load(kind).stream()
                .map(ServiceLoader.Provider::get)
                .filter(wanted)
                .findAny()
                .orElseThrow();
    }

    @Override
    public V get(long key) {
        backend.select(key);
        return state.value();
    }

    @Override
    public void put(long key, V value) {
        backend.select(key);
        state.update(value);
    }

    @Override
    public boolean incremental() {
        return incremental;
    }

    @Override
    public Checkpoint checkpoint(long id, boolean onlyChanges) throws IOException {
        return new Asked(id, onlyChanges ? SnapshotKind.INCREMENTAL : SnapshotKind.FULL);
    }

    @Override
    public void completed(long id) {
        backend.keyed().checkpointCompleted(id);
    }

    @Override
    public void close() throws IOException {
        backend.close();
        store.close();
        fileSystem.close();
    }

    /** A checkpoint that was written, with the handle that the engine keeps of it. */
    private record Written(
            KeyedSnapshotHandle handle, StoredCheckpoint published, CheckpointStore by)
            implements Stored {
        @Override
        public void discard() throws IOException {
            by.discard(published);
        }
    }

    private final class Asked implements Checkpoint {
        private final long id;
        private final SnapshotKind kind;
        private final CheckpointWrite write;
        private RunningSnapshot running;

        Asked(long id, SnapshotKind kind) throws IOException {
            this.id = id;
            this.kind = kind;
            this.write = store.begin(id);
        }

        @Override
        public void begin() throws IOException {
            running = backend.keyed().snapshot(new SnapshotRequest(id, kind, write));
        }

        @Override
        public Stored write() throws IOException {
            KeyedSnapshotHandle handle = running.write();
            return new Written(handle, write.publish(NO_METADATA), store);
        }

        @Override
        public void close() throws IOException {
            if (running != null) {
                running.close();
            }
            write.close();
        }
    }
}
