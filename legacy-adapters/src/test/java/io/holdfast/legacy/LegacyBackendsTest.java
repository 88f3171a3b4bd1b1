package io.holdfast.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import io.holdfast.backend.rocksdb.PredefinedOptions;
import io.holdfast.spi.filesystem.Path;
import io.holdfast.spi.state.CompositeStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import io.holdfast.storage.jobmanager.JobManagerCheckpointStorage;
import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every constructor gives the two parts it stands for, and what it leaves open is filled. */
class LegacyBackendsTest {
    private static final String TEXT = "file:///data/checkpoints";
    private static final URI DIRECTORY = URI.create("file:/data/checkpoints");
    private static final URI SAVEPOINTS = URI.create("file:/data/savepoints");

    private final Configuration config =
            new Configuration()
                    .setString("state.checkpoints.dir", "file:///from/configuration")
                    .setString("state.savepoints.dir", "file:///from/configuration/savepoints")
                    .setString("state.backend.fs.memory-threshold", "3kb")
                    .setString("state.backend.fs.write-buffer-size", "5000")
                    .setString("state.backend.async", "false")
                    .setString("state.backend.incremental", "true");

    private static List<MemoryStateBackend> memories() {
        return List.of(
                new MemoryStateBackend(),
                new MemoryStateBackend(true),
                new MemoryStateBackend(5 << 20),
                new MemoryStateBackend(5 << 20, true),
                new MemoryStateBackend(null, null),
                new MemoryStateBackend(null, null, 5 << 20, TernaryBoolean.UNDEFINED));
    }

    @ParameterizedTest
    @MethodSource("memories")
    void memoryIsHashMapAndJobManager(MemoryStateBackend backend) {
        assertThat(backend.workingBackend()).isInstanceOf(HashMapStateBackend.class);
        assertThat(backend.checkpointStorage()).isInstanceOf(JobManagerCheckpointStorage.class);
        assertThat(backend.getMaxStateSize()).isEqualTo(MemoryStateBackend.DEFAULT_MAX_STATE_SIZE);
        assertThat(backend.isUsingAsynchronousSnapshots()).isTrue();
        assertThat(backend.describe())
                .isEqualTo("legacy-memory = hashmap + jobmanager (state up to 5242880 bytes)");
    }

    private static List<FsStateBackend> files() {
        return List.of(
                new FsStateBackend(TEXT),
                new FsStateBackend(TEXT, true),
                new FsStateBackend(new Path(TEXT)),
                new FsStateBackend(new Path(TEXT), true),
                new FsStateBackend(DIRECTORY),
                new FsStateBackend(DIRECTORY, SAVEPOINTS),
                new FsStateBackend(DIRECTORY, true),
                new FsStateBackend(DIRECTORY, 20 << 10),
                new FsStateBackend(DIRECTORY, 20 << 10, true),
                new FsStateBackend(DIRECTORY, SAVEPOINTS, 20 << 10, TernaryBoolean.UNDEFINED),
                new FsStateBackend(DIRECTORY, null, -1, -1, TernaryBoolean.UNDEFINED));
    }

    @ParameterizedTest
    @MethodSource("files")
    void fsIsHashMapAndFileSystem(FsStateBackend backend) {
        assertThat(backend.workingBackend()).isInstanceOf(HashMapStateBackend.class);
        assertThat(backend.checkpointStorage()).isInstanceOf(FileSystemCheckpointStorage.class);
        assertThat(backend.checkpointStorage().directory()).contains(DIRECTORY);
        assertThat(backend.getMinFileSizeThreshold()).isEqualTo(20 << 10);
        assertThat(backend.isUsingAsynchronousSnapshots()).isTrue();
        assertThat(backend.getSavepointPath()).isIn(null, new Path(SAVEPOINTS));
        assertThat(backend.describe())
                .isEqualTo(
                        "legacy-filesystem = hashmap + filesystem file:/data/checkpoints (inline up"
                                + " to 20480 bytes)");
    }

    private static List<RocksDBStateBackend> databases() {
        FsStateBackend files = new FsStateBackend(TEXT);
        StateBackend any = files;
        return List.of(
                new RocksDBStateBackend(TEXT),
                new RocksDBStateBackend(TEXT, true),
                new RocksDBStateBackend(DIRECTORY),
                new RocksDBStateBackend(DIRECTORY, true),
                new RocksDBStateBackend(any),
                new RocksDBStateBackend(any, TernaryBoolean.TRUE),
                new RocksDBStateBackend(files),
                new RocksDBStateBackend(files, true));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void rocksDbIsEmbeddedRocksDbAndFileSystem(RocksDBStateBackend backend) {
        assertThat(backend.workingBackend().name()).isEqualTo("rocksdb");
        assertThat(backend.checkpointStorage()).isInstanceOf(FileSystemCheckpointStorage.class);
        assertThat(backend.checkpointStorage().directory()).contains(DIRECTORY);
        assertThat(backend.describe()).startsWith("legacy-rocksdb = rocksdb + filesystem");
        assertThat(backend.configure(config).isIncrementalCheckpointsEnabled()).isTrue();
    }

    @Test
    void whatAConstructorSaysWinsOverTheConfiguration() {
        FsStateBackend files =
                new FsStateBackend(DIRECTORY, SAVEPOINTS, 7, 8, TernaryBoolean.TRUE)
                        .configure(config);
        assertThat(files.getMinFileSizeThreshold()).isEqualTo(7);
        assertThat(files.getWriteBufferSize()).isEqualTo(8);
        assertThat(files.getCheckpointPath()).isEqualTo(new Path(DIRECTORY));
        assertThat(files.getSavepointPath()).isEqualTo(new Path(SAVEPOINTS));
        assertThat(files.isUsingAsynchronousSnapshots()).isTrue();
        assertThat(
                        new RocksDBStateBackend(TEXT, false)
                                .configure(config)
                                .isIncrementalCheckpointsEnabled())
                .isFalse();
    }

    @Test
    void whatAConstructorLeavesOpenIsFilled() {
        FsStateBackend files = new FsStateBackend(TEXT).configure(config);
        assertThat(files.getMinFileSizeThreshold()).isEqualTo(3 << 10);
        assertThat(files.getWriteBufferSize()).isEqualTo(5000);
        assertThat(files.isUsingAsynchronousSnapshots()).isFalse();
        assertThat(files.getSavepointPath()).hasToString("file:/from/configuration/savepoints");
        MemoryStateBackend memory = new MemoryStateBackend().configure(config);
        assertThat(memory.getCheckpointPath()).hasToString("file:/from/configuration");
        assertThat(memory.isUsingAsynchronousSnapshots()).isFalse();
    }

    @Test
    void settingsOfABackendInsideAnotherAreCarriedOver() {
        CompositeStateBackend inner =
                new FsStateBackend(DIRECTORY, SAVEPOINTS, 7, 8, TernaryBoolean.UNDEFINED);

        CheckpointStorage storage =
                new RocksDBStateBackend(inner).configure(config).checkpointStorage();

        assertThat(storage).isInstanceOf(FileSystemCheckpointStorage.class);
        assertThat(((FileSystemCheckpointStorage) storage).inlineThreshold()).isEqualTo(7);
        assertThat(((FileSystemCheckpointStorage) storage).writeBufferSize()).isEqualTo(8);
        assertThat(storage.savepointDirectory()).contains(SAVEPOINTS);
        assertThat(new RocksDBStateBackend(new MemoryStateBackend(77)).checkpointStorage())
                .isInstanceOf(JobManagerCheckpointStorage.class);
    }

    @Test
    void aBackendThatBringsNoStorageCannotStoreCheckpoints() {
        assertThatThrownBy(() -> new RocksDBStateBackend(new HashMapStateBackend()))
                .hasMessageStartingWith("STATE-3140")
                .hasMessageContaining("EmbeddedRocksDBStateBackend");
    }

    @Test
    void constructorsCheckAtOnce() {
        assertThatThrownBy(() -> new MemoryStateBackend(0)).hasMessageStartingWith("STORAGE-5008");
        assertThatThrownBy(() -> new MemoryStateBackend("/a", null))
                .hasMessageStartingWith("STORAGE-5003");
        assertThatThrownBy(() -> new FsStateBackend(DIRECTORY, (1 << 20) + 1))
                .hasMessageStartingWith("STORAGE-5008");
        assertThatThrownBy(() -> new RocksDBStateBackend("hdfs:x"))
                .hasMessageStartingWith("STORAGE-5003");
    }

    @Test
    void settersOfRocksDbReachTheWorkingPart() {
        RocksDBStateBackend backend = new RocksDBStateBackend(TEXT);
        backend.setPredefinedOptions(PredefinedOptions.FLASH_SSD_OPTIMIZED);
        backend.setPriorityQueueStateType(PriorityQueueStateType.HEAP);
        backend.setNumberOfTransferThreads(3);
        backend.setWriteBatchSize(9);
        backend.setDbStoragePath("/a");
        backend.getMemoryConfiguration().setUseManagedMemory(false);

        RocksDBStateBackend filled = backend.configure(config);

        assertThat(filled.getPredefinedOptions()).isEqualTo(PredefinedOptions.FLASH_SSD_OPTIMIZED);
        assertThat(filled.getPriorityQueueStateType()).isEqualTo(PriorityQueueStateType.HEAP);
        assertThat(filled.getNumberOfTransferThreads()).isEqualTo(3);
        assertThat(filled.getWriteBatchSize()).isEqualTo(9);
        assertThat(filled.getDbStoragePaths()).containsExactly("/a");
        assertThat(filled.getMemoryConfiguration().isUsingManagedMemory()).isFalse();
    }

    @Test
    void factoriesAreFoundByNameAndFillFromTheConfiguration() {
        for (StateBackendFactory factory : ServiceLoader.load(StateBackendFactory.class)) {
            if (factory.name().startsWith("legacy-")) {
                StateBackend made = factory.create(config);
                assertThat(made).isInstanceOf(AbstractStateBackend.class);
                assertThat(made.name()).isEqualTo(factory.name());
                assertThat(((AbstractStateBackend) made).checkpointStorage().directory())
                        .contains(URI.create("file:/from/configuration"));
                assertThat(factory.options()).isNotEmpty().doesNotHaveDuplicates();
            }
        }
        assertThat(ServiceLoader.load(StateBackendFactory.class))
                .extracting(StateBackendFactory::name)
                .contains("legacy-memory", "legacy-filesystem", "legacy-rocksdb");
    }

    @Test
    void factoriesOfFilesNeedADirectory() {
        assertThatThrownBy(() -> new FsStateBackendFactory().create(new Configuration()))
                .hasMessageStartingWith("STORAGE-5004");
        assertThatThrownBy(() -> new RocksDBStateBackendFactory().create(new Configuration()))
                .hasMessageStartingWith("STORAGE-5004");
    }
}
