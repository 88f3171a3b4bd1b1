package io.holdfast.legacy;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackendFactory;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorageFactory;
import io.holdfast.storage.jobmanager.JobManagerCheckpointStorageFactory;
import java.util.List;
import java.util.stream.Stream;

/** The options of the parts. Stateless. */
final class LegacyOptions {
    /** {@code legacy.asynchronous-flag.honoured}: whether the flag of constructors counts. */
    static final ConfigOption<Boolean> ASYNCHRONOUS_FLAG_HONOURED =
            ConfigOptions.key("legacy.asynchronous-flag.honoured")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether a legacy backend that was made with asynchronous snapshots"
                                    + " switched off takes its snapshots synchronously. Flink since"
                                    + " 1.13 does not look at the flag, and its profiles say"
                                    + " false.");

    private static final List<ConfigOption<?>> HEAP =
            List.of(CheckpointingOptions.ASYNC_SNAPSHOTS, ASYNCHRONOUS_FLAG_HONOURED);

    static final List<ConfigOption<?>> MEMORY =
            together(HEAP, new JobManagerCheckpointStorageFactory().options());

    static final List<ConfigOption<?>> FILES =
            together(HEAP, new FileSystemCheckpointStorageFactory().options());

    private LegacyOptions() {}

    /** Not a constant: the module of RocksDB may be absent. */
    static List<ConfigOption<?>> rocksdb() {
        return together(FILES, new EmbeddedRocksDBStateBackendFactory().options());
    }

    private static List<ConfigOption<?>> together(
            List<ConfigOption<?>> first, List<ConfigOption<?>> second) {
        return Stream.of(first, second).<ConfigOption<?>>flatMap(List::stream).toList();
    }

    static FileSystemCheckpointStorage storage(ReadableConfig config) {
        return (FileSystemCheckpointStorage)
                new FileSystemCheckpointStorageFactory().create(config);
    }
}
