package io.holdfast.config.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Origin;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Java samples of Flink's documentation that fill a configuration, unchanged. */
class SeedSamplesTest {
    private final Environment env = new Environment();

    /** As much of an execution environment as the samples use. */
    private static final class Environment {
        private final Configuration job = new Configuration();

        void configure(Configuration config) {
            job.addAll(config);
        }

        ResolvedState resolved() {
            Layer layer = Layer.of(Level.JOB, job, Origin.ofConfiguration("job configuration"));
            return Fixture.resolve(Fixture.cluster("state.backend=rocksdb"), layer).orThrow();
        }
    }

    @Test
    void perJobBackend() {
        Configuration config = new Configuration();
        config.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        env.configure(config);

        assertThat(env.resolved().backend().name()).isEqualTo("hashmap");
    }

    @Test
    void migrationOfMemoryStateBackend() {
        Configuration config = new Configuration();
        config.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "jobmanager");
        env.configure(config);

        assertThat(env.resolved().backend().name()).isEqualTo("hashmap");
        assertThat(env.resolved().storage().name()).isEqualTo("jobmanager");
    }

    @Test
    void migrationOfFsStateBackend() {
        Configuration config = new Configuration();
        config.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///checkpoint-dir");
        env.configure(config);

        // Advanced FsStateBackend configurations, such as write buffer size
        // can be set manually by using CheckpointingOptions.
        config.set(CheckpointingOptions.FS_WRITE_BUFFER_SIZE, 4 * 1024);
        env.configure(config);

        assertThat(env.resolved().backend().name()).isEqualTo("hashmap");
        assertFileSystem(env.resolved());
    }

    @Test
    void migrationOfRocksDbStateBackend() {
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

        assertThat(env.resolved().backend().name()).isEqualTo("rocksdb");
        assertFileSystem(env.resolved());
    }

    @Test
    void settingsAsTextDoTheSame() {
        Configuration config = new Configuration();
        config.setString("state.backend.type", "hashmap");
        config.setString("execution.checkpointing.storage", "filesystem");
        config.setString("execution.checkpointing.dir", "file:///checkpoint-dir");
        config.setString("state.storage.fs.write-buffer-size", "4096");
        env.configure(config);

        assertThat(env.resolved().backend().name()).isEqualTo("hashmap");
        assertFileSystem(env.resolved());
    }

    private static void assertFileSystem(ResolvedState state) {
        assertThat(state.storage().name()).isEqualTo("filesystem");
        assertThat(state.checkpointDirectory()).contains("file:///checkpoint-dir");
        assertThat(
                        state.storage()
                                .configuration()
                                .getOptional(CheckpointingOptions.FS_WRITE_BUFFER_SIZE))
                .contains(4096);
    }

    @Test
    void samplesOfFilesMeanTheSameBackendAndStorage() {
        List<Layer> samples =
                List.of(
                        Fixture.cluster(
                                "state.backend=filesystem",
                                "state.backend.fs.checkpointdir=hdfs://namenode:40010/flink/checkpoints"),
                        Fixture.cluster(
                                "state.backend=hashmap",
                                "execution.checkpointing.dir=hdfs://namenode:40010/flink/checkpoints"));
        for (Layer sample : samples) {
            ResolvedState state = Fixture.resolve(sample).orThrow();
            assertThat(state.backend().name()).isEqualTo("hashmap");
            assertThat(state.storage().name()).isEqualTo("filesystem");
            assertThat(state.checkpointDirectory())
                    .contains("hdfs://namenode:40010/flink/checkpoints");
        }
    }
}
