package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend;
import io.holdfast.backend.rocksdb.PredefinedOptions;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.legacy.FsStateBackend;
import io.holdfast.legacy.MemoryStateBackend;
import io.holdfast.legacy.RocksDBStateBackend;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import io.holdfast.storage.jobmanager.JobManagerCheckpointStorage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

// spotless:off
/**
 * The Java samples of the documentation that users come from: their bodies are what stands there,
 * line by line; only imports differ. {@link SamplesAreUnchangedTest} compares them.
 */
final class SeedSamplesTest {
    private static final int MAX_MEM_STATE_SIZE = 10 * 1024 * 1024;

    @TempDir Path directory;

    private static ResolvedState resolved(StreamExecutionEnvironment env) {
        return env.resolve().orThrow();
    }

    /** Runs a small job with state on the environment and checks what comes out. */
    private static void runs(StreamExecutionEnvironment env) {
        CollectSink.Results<Long> results = new CollectSink.Results<>();
        env.fromCollection(List.of(1L, 2L, 3L, 4L, 5L, 6L))
                .keyBy(number -> number % 2, Long.class)
                .reduce(Long::sum, Long.class)
                .sinkTo(results.sink(Serializers.LONG));
        env.execute("sample");
        assertThat(results.records()).contains(9L, 12L);
    }

    @Test
    void memoryStateBackendWithoutAsynchronousSnapshots() {
        StateBackend backend =
    new MemoryStateBackend(MAX_MEM_STATE_SIZE, false);

        assertThat(((MemoryStateBackend) backend).getMaxStateSize()).isEqualTo(MAX_MEM_STATE_SIZE);
        assertThat(((MemoryStateBackend) backend).isUsingAsynchronousSnapshots()).isFalse();
        runs(StreamExecutionEnvironment.getExecutionEnvironment().setStateBackend(backend).enableCheckpointing(10));
    }

    @Test
    void fsStateBackendWithoutAsynchronousSnapshots() throws Exception {
        String path = directory.toUri().toString();
        StateBackend backend =
    new FsStateBackend(path, false);

        assertThat(((FsStateBackend) backend).isUsingAsynchronousSnapshots()).isFalse();
        runs(StreamExecutionEnvironment.getExecutionEnvironment().setStateBackend(backend).enableCheckpointing(10));
        try (Stream<Path> written = Files.list(directory)) {
            assertThat(written).as("the job's directory").isNotEmpty();
        }
    }

    @Test
    void aBackendForOneJob() {
StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
env.setStateBackend(new FsStateBackend("hdfs://namenode:40010/flink/checkpoints"));

        assertThat(((FsStateBackend) env.getStateBackend()).checkpointStorage().directory())
                .contains(URI.create("hdfs://namenode:40010/flink/checkpoints"));
        assertThat(resolved(env).storage().name()).isEqualTo("filesystem");
    }

    @Test
    void aBackendByName() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
Configuration config = new Configuration();
config.set(StateBackendOptions.STATE_BACKEND, "hashmap");
env.configure(config);

        assertThat(resolved(env).backend().name()).isEqualTo("hashmap");
        runs(env);
    }

    @Test
    void incrementalCheckpointsInCode() {
EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(true);

        Configuration file = Configuration.fromMap(java.util.Map.of("execution.checkpointing.incremental", "false"));
        assertThat(backend.configure(file).isIncrementalCheckpointsEnabled()).isTrue();
    }

    @Test
    void predefinedOptionsAndAnOptionsFactoryInCode() {
        // The page writes these calls as if they were static.
        EmbeddedRocksDBStateBackend EmbeddedRocksDBStateBackend = new EmbeddedRocksDBStateBackend();
        EmbeddedRocksDBStateBackend.setPredefinedOptions(PredefinedOptions.SPINNING_DISK_OPTIMIZED_HIGH_MEM);
        EmbeddedRocksDBStateBackend.setRocksDBOptions(new MyOptionsFactory());

        assertThat(EmbeddedRocksDBStateBackend.getPredefinedOptions())
                .isEqualTo(PredefinedOptions.SPINNING_DISK_OPTIMIZED_HIGH_MEM);
        assertThat(EmbeddedRocksDBStateBackend.getRocksDBOptions()).isInstanceOf(MyOptionsFactory.class);
        runs(StreamExecutionEnvironment.getExecutionEnvironment().setStateBackend(EmbeddedRocksDBStateBackend));
    }

    @Test
    void theChangelogIsSwitchedOnInCode() {
StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
env.enableChangelogStateBackend(true);

        assertThat(env.isChangelogStateBackendEnabled()).isEqualTo(TernaryBoolean.TRUE);
        assertThat(env.resolve().decided().changelog()).isTrue();
        assertThatThrownBy(() -> runs(env))
                .hasMessageContaining("CONFIG-1018")
                .hasMessageContaining("switch the changelog off");
        env.enableChangelogStateBackend(false);
        runs(env);
    }

    @Test
    void migrationOfMemoryStateBackend() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
Configuration config = new Configuration();
config.set(StateBackendOptions.STATE_BACKEND, "hashmap");
config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
env.configure(config);

        assertThat(resolved(env).backend().name()).isEqualTo("hashmap");
        assertThat(resolved(env).storage().name()).isEqualTo("jobmanager");
        runs(env);
    }

    @Test
    void migrationOfFsStateBackend() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
Configuration config = new Configuration();
config.set(StateBackendOptions.STATE_BACKEND, "hashmap");
config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///checkpoint-dir");
env.configure(config);


// Advanced FsStateBackend configurations, such as write buffer size
// can be set manually by using CheckpointingOptions.
config.set(CheckpointingOptions.FS_WRITE_BUFFER_SIZE, 4 * 1024);
env.configure(config);

        assertThat(resolved(env).backend().name()).isEqualTo("hashmap");
        assertIsFileSystem(env);
    }

    @Test
    void migrationOfRocksDBStateBackend() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
Configuration config = new Configuration();
config.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///checkpoint-dir");
env.configure(config);


// If you manually passed FsStateBackend into the RocksDBStateBackend constructor
// to specify advanced checkpointing configurations such as write buffer size,
// you can achieve the same results by using CheckpointingOptions.
config.set(CheckpointingOptions.FS_WRITE_BUFFER_SIZE, 4 * 1024);
env.configure(config);

        assertThat(resolved(env).backend().name()).isEqualTo("rocksdb");
        assertIsFileSystem(env);
    }

    private static void assertIsFileSystem(StreamExecutionEnvironment env) {
        ResolvedState resolved = resolved(env);
        assertThat(resolved.storage().name()).isEqualTo("filesystem");
        assertThat(resolved.checkpointDirectory()).contains("file:///checkpoint-dir");
        assertThat(resolved.storage().configuration().get(CheckpointingOptions.FS_WRITE_BUFFER_SIZE))
                .isEqualTo(4096);
    }

    @Test
    void theScalaSamplesAsJava() {
        for (StateBackend backend : List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend())) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.setStateBackend(backend);
            env.getCheckpointConfig().setCheckpointStorage(new JobManagerCheckpointStorage());
            assertThat(resolved(env).backend().name()).isEqualTo(backend.name());
            assertThat(resolved(env).storage().name()).isEqualTo("jobmanager");
            runs(env);

            env.getCheckpointConfig().setCheckpointStorage("file:///checkpoint-dir");
            assertThat(resolved(env).storage().name()).isEqualTo("filesystem");
            assertThat(resolved(env).checkpointDirectory()).contains("file:///checkpoint-dir");

            env.getCheckpointConfig().setCheckpointStorage(new FileSystemCheckpointStorage("file:///checkpoint-dir"));
            assertThat(resolved(env).storage().name()).isEqualTo("filesystem");
            assertThat(env.getCheckpointConfig().getCheckpointStorage())
                    .isEqualTo(new FileSystemCheckpointStorage(URI.create("file:/checkpoint-dir")));
        }
    }

    @Test
    void legacyBackendsRunJobsWithTheirOwnStorage() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setStateBackend(new RocksDBStateBackend(new FsStateBackend(directory.toUri(), directory.resolve("savepoints").toUri())));
        env.enableCheckpointing(10);
        runs(env);

        try (Stream<Path> written = Files.list(directory)) {
            assertThat(written).as("the job's directory").isNotEmpty();
        }
    }

    @Test
    void aDirectoryThatIsNoneIsRefusedWhereItIsSet() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        assertThatThrownBy(() -> env.getCheckpointConfig().setCheckpointStorage("/checkpoint-dir"))
                .hasMessageStartingWith("STORAGE-5003");
        assertThatThrownBy(() -> env.setDefaultSavepointDirectory("file:///"))
                .hasMessageContaining("it is a root directory");
        env.setDefaultSavepointDirectory("file:///savepoints");
        assertThat(env.getDefaultSavepointDirectory()).hasToString("file:///savepoints");
        assertThat(resolved(env).configuration().get(CheckpointingOptions.SAVEPOINT_DIRECTORY))
                .isEqualTo("file:///savepoints");
    }

    @Test
    void theStorageThatIsChosenLastCounts() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.getCheckpointConfig().setCheckpointStorage("file:///checkpoint-dir");
        env.getCheckpointConfig().setCheckpointStorage(new JobManagerCheckpointStorage());

        assertThat(resolved(env).storage().name()).isEqualTo("jobmanager");
        assertThat(resolved(env).checkpointDirectory()).isEmpty();
    }
}
// spotless:on
