package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.MemorySize;
import java.time.Duration;
import java.util.List;

/** Options of compactions that are made by hand to join small files. */
public final class RocksDBManualCompactionOptions {
    private static final String NOT_BY_HAND =
            "RocksDB compacts by itself; nothing is compacted by hand.";

    /** {@code state.backend.rocksdb.manual-compaction.min-interval}: how often. */
    public static final ConfigOption<Duration> MIN_INTERVAL =
            ConfigOptions.key("state.backend.rocksdb.manual-compaction.min-interval")
                    .durationType()
                    .defaultValue(Duration.ZERO)
                    .withDescription("Least time between two manual compactions; 0 for none.")
                    .withoutEffect(NOT_BY_HAND);

    /** {@code state.backend.rocksdb.manual-compaction.max-parallel-compactions}: how many. */
    public static final ConfigOption<Integer> MAX_PARALLEL_COMPACTIONS =
            ConfigOptions.key("state.backend.rocksdb.manual-compaction.max-parallel-compactions")
                    .intType()
                    .defaultValue(5)
                    .withDescription("How many manual compactions run at once.")
                    .withoutEffect(NOT_BY_HAND);

    /** {@code state.backend.rocksdb.manual-compaction.max-file-size-to-compact}: which files. */
    public static final ConfigOption<MemorySize> MAX_FILE_SIZE_TO_COMPACT =
            ConfigOptions.key("state.backend.rocksdb.manual-compaction.max-file-size-to-compact")
                    .memoryType()
                    .defaultValue(MemorySize.ofKibi(50))
                    .withDescription("Files up to this size are compacted by hand.")
                    .withoutEffect(NOT_BY_HAND);

    /** {@code state.backend.rocksdb.manual-compaction.min-files-to-compact}: when. */
    public static final ConfigOption<Integer> MIN_FILES_TO_COMPACT =
            ConfigOptions.key("state.backend.rocksdb.manual-compaction.min-files-to-compact")
                    .intType()
                    .defaultValue(5)
                    .withDescription("How many files must have come together.")
                    .withoutEffect(NOT_BY_HAND);

    /** {@code state.backend.rocksdb.manual-compaction.max-files-to-compact}: how much. */
    public static final ConfigOption<Integer> MAX_FILES_TO_COMPACT =
            ConfigOptions.key("state.backend.rocksdb.manual-compaction.max-files-to-compact")
                    .intType()
                    .defaultValue(30)
                    .withDescription("How many files are compacted at once, at most.")
                    .withoutEffect(NOT_BY_HAND);

    /** {@code state.backend.rocksdb.manual-compaction.max-output-file-size}: size of files made. */
    public static final ConfigOption<MemorySize> MAX_OUTPUT_FILE_SIZE =
            ConfigOptions.key("state.backend.rocksdb.manual-compaction.max-output-file-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(64))
                    .withDescription("Size of the files made.")
                    .withoutEffect(NOT_BY_HAND);

    /** {@code state.backend.rocksdb.manual-compaction.max-auto-compactions}: when not. */
    public static final ConfigOption<Integer> MAX_AUTO_COMPACTIONS =
            ConfigOptions.key("state.backend.rocksdb.manual-compaction.max-auto-compactions")
                    .intType()
                    .defaultValue(30)
                    .withDescription(
                            "With more automatic compactions waiting, none are made by " + "hand.")
                    .withoutEffect(NOT_BY_HAND);

    private RocksDBManualCompactionOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                MIN_INTERVAL,
                MAX_PARALLEL_COMPACTIONS,
                MAX_FILE_SIZE_TO_COMPACT,
                MIN_FILES_TO_COMPACT,
                MAX_FILES_TO_COMPACT,
                MAX_OUTPUT_FILE_SIZE,
                MAX_AUTO_COMPACTIONS);
    }
}
