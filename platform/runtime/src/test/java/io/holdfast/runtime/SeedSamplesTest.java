package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.config.StateChangelogOptions;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import org.junit.jupiter.api.Test;

/** The programs of the documentation that users come from compile with other imports. */
final class SeedSamplesTest {

    @Test
    void aBackendByName() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration config = new Configuration();
        config.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        config.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        config.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///checkpoint-dir");
        env.configure(config);
        // Advanced
        config.set(CheckpointingOptions.FS_WRITE_BUFFER_SIZE, 4 * 1024);
        env.configure(config);

        ResolvedState resolved = env.resolve().orThrow();
        assertThat(resolved.backend().name()).isEqualTo("rocksdb");
        assertThat(resolved.storage().name()).isEqualTo("filesystem");
        assertThat(resolved.checkpointDirectory()).contains("file:///checkpoint-dir");
    }

    @Test
    void aBackendAndAStorageAsObjects() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setStateBackend(new EmbeddedRocksDBStateBackend());
        env.getCheckpointConfig().setCheckpointStorage("file:///checkpoint-dir");
        env.getCheckpointConfig()
                .setCheckpointStorage(new FileSystemCheckpointStorage("file:///checkpoint-dir"));

        ResolvedState resolved = env.resolve().orThrow();
        assertThat(resolved.backend().name()).isEqualTo("rocksdb");
        assertThat(resolved.storage().name()).isEqualTo("filesystem");
    }

    @Test
    void theChangelogIsSwitchedOnInCode() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setStateBackend(new EmbeddedRocksDBStateBackend());
        env.getCheckpointConfig()
                .setCheckpointStorage(new FileSystemCheckpointStorage("file:///checkpoint-dir"));
        env.enableChangelogStateBackend(true);

        assertThat(
                        env.resolve()
                                .orThrow()
                                .configuration()
                                .get(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG))
                .isTrue();
    }
}
