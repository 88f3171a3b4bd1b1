package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.whole.WholeState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RunnableFuture;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStreamFactory;

/**
 * A value state of Flink and the stream factory of its file system storage, which syncs each file.
 *
 * @param <V> type of the values
 */
final class FlinkWholeState<V> implements WholeState<V> {

    /** Flink's defaults. */
    private static final int MEMORY_THRESHOLD_BYTES = 20 << 10;

    private static final int WRITE_BUFFER_BYTES = 4 << 10;

    private final FlinkBackend<Long> backend;
    private final ValueState<V> state;
    private final Path checkpoints;

    private FlinkWholeState(FlinkBackend<Long> backend, ValueState<V> state, Path checkpoints) {
        this.backend = backend;
        this.state = state;
        this.checkpoints = checkpoints;
    }

    static <V> FlinkWholeState<V> open(
            StateBackend choice,
            boolean compressed,
            Class<V> values,
            Path checkpoints,
            Optional<WholeState.Stored> from)
            throws Exception {
        List<KeyedStateHandle> restored =
                from.map(stored -> ((Written) stored).handle()).stream().toList();
        FlinkBackend<Long> backend =
                FlinkBackend.open(choice, LongSerializer.INSTANCE, compressed, restored);
        return new FlinkWholeState<>(
                backend,
                backend.state(
                        new ValueStateDescriptor<>(
                                "values",
                                TypeInformation.of(values)
                                        .createSerializer(new SerializerConfigImpl()))),
                checkpoints);
    }

    @Override
    public V get(long key) throws Exception {
        backend.keyed().setCurrentKey(key);
        return state.value();
    }

    @Override
    public void put(long key, V value) throws Exception {
        backend.keyed().setCurrentKey(key);
        state.update(value);
    }

    /** The heap backend's are always full. */
    @Override
    public boolean incremental() {
        return false;
    }

    @Override
    public Checkpoint checkpoint(long id, boolean incremental) throws Exception {
        return new Asked(id);
    }

    @Override
    public void completed(long id) throws Exception {
        // Nothing depends on it as long as checkpoints are full.
    }

    @Override
    public void close() throws Exception {
        backend.close();
    }

    /** A checkpoint that was written, with the handle that Flink keeps of it. */
    private record Written(KeyedStateHandle handle) implements Stored {
        @Override
        public void discard() throws Exception {
            handle.discardState();
        }
    }

    private final class Asked implements Checkpoint {
        private final long id;
        private final FsCheckpointStreamFactory streams;
        private RunnableFuture<SnapshotResult<KeyedStateHandle>> running;

        Asked(long id) throws Exception {
            this.id = id;
            Path own = Files.createDirectories(checkpoints.resolve("chk-" + id));
            Path shared = Files.createDirectories(checkpoints.resolve("shared"));
            streams =
                    new FsCheckpointStreamFactory(
                            FileSystem.getLocalFileSystem(),
                            new org.apache.flink.core.fs.Path(own.toUri()),
                            new org.apache.flink.core.fs.Path(shared.toUri()),
                            MEMORY_THRESHOLD_BYTES,
                            WRITE_BUFFER_BYTES);
        }

        @Override
        public void begin() throws Exception {
            running =
                    backend.keyed()
                            .snapshot(
                                    id,
                                    System.currentTimeMillis(),
                                    streams,
                                    CheckpointOptions.forCheckpointWithDefaultLocation());
        }

        @Override
        public Stored write() throws Exception {
            running.run();
            return new Written(running.get().getJobManagerOwnedSnapshot());
        }

        @Override
        public void close() {
            if (running != null && !running.isDone()) {
                running.cancel(true);
            }
        }
    }
}
