package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.MemorySize;
import java.io.File;
import java.time.Duration;
import java.util.List;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;

/**
 * Options of the database and its columns: what a {@link RocksDBOptionsFactory} need not be written
 * for.
 */
public final class RocksDBConfigurableOptions {
    private static final String RESTORES_STREAMS =
            "Snapshots are streams of entries; no files are taken over.";
    private static final String NO_EXPIRY = "Entries do not expire yet.";

    /** {@code state.backend.rocksdb.thread.num}: background threads. */
    public static final ConfigOption<Integer> MAX_BACKGROUND_THREADS =
            ConfigOptions.key("state.backend.rocksdb.thread.num")
                    .intType()
                    .defaultValue(2)
                    .check("at least 1", count -> count >= 1)
                    .withDescription("How many threads compact and flush.");

    /** {@code state.backend.rocksdb.files.open}: open files. */
    public static final ConfigOption<Integer> MAX_OPEN_FILES =
            ConfigOptions.key("state.backend.rocksdb.files.open")
                    .intType()
                    .defaultValue(-1)
                    .withDescription("How many files may be open; -1 for all.");

    /** {@code state.backend.rocksdb.log.level}: detail of the log. */
    public static final ConfigOption<InfoLogLevel> LOG_LEVEL =
            ConfigOptions.key("state.backend.rocksdb.log.level")
                    .enumType(InfoLogLevel.class)
                    .defaultValue(InfoLogLevel.INFO_LEVEL)
                    .checkBeyondFlink("a level", level -> level != InfoLogLevel.NUM_INFO_LOG_LEVELS)
                    .withDescription("How much RocksDB writes into its own log file.");

    /** {@code state.backend.rocksdb.log.max-file-size}: size of a log file. */
    public static final ConfigOption<MemorySize> LOG_MAX_FILE_SIZE =
            ConfigOptions.key("state.backend.rocksdb.log.max-file-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(25))
                    .withDescription("Size at which a new log file is begun; 0 for never.");

    /** {@code state.backend.rocksdb.log.file-num}: number of log files. */
    public static final ConfigOption<Integer> LOG_FILE_NUM =
            ConfigOptions.key("state.backend.rocksdb.log.file-num")
                    .intType()
                    .defaultValue(4)
                    .check("at least 1", count -> count >= 1)
                    .withDescription("How many log files are kept.");

    /** {@code state.backend.rocksdb.log.dir}: where the log is. */
    public static final ConfigOption<String> LOG_DIR =
            ConfigOptions.key("state.backend.rocksdb.log.dir")
                    .stringType()
                    .noDefaultValue()
                    .check("an absolute path", path -> new File(path).isAbsolute())
                    .withDescription(
                            "Directory of the log files. If it is not set: the "
                                    + "database's own.");

    /** {@code state.backend.rocksdb.compaction.style}: how files are merged. */
    public static final ConfigOption<CompactionStyle> COMPACTION_STYLE =
            ConfigOptions.key("state.backend.rocksdb.compaction.style")
                    .enumType(CompactionStyle.class)
                    .defaultValue(CompactionStyle.LEVEL)
                    .withDescription("How files are merged.");

    /** {@code state.backend.rocksdb.compaction.level.use-dynamic-size}: sizes of levels. */
    public static final ConfigOption<Boolean> USE_DYNAMIC_LEVEL_SIZE =
            ConfigOptions.key("state.backend.rocksdb.compaction.level.use-dynamic-size")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether the sizes of levels follow that of the last one.");

    /** {@code state.backend.rocksdb.compression.per.level}: compression. */
    public static final ConfigOption<List<CompressionType>> COMPRESSION_PER_LEVEL =
            ConfigOptions.key("state.backend.rocksdb.compression.per.level")
                    .enumType(CompressionType.class)
                    .asList()
                    .defaultValues(CompressionType.SNAPPY_COMPRESSION)
                    .withDescription(
                            "Compression of the levels, from the first; the last one "
                                    + "holds for all below.");

    /** {@code state.backend.rocksdb.compaction.level.target-file-size-base}: size of files. */
    public static final ConfigOption<MemorySize> TARGET_FILE_SIZE_BASE =
            ConfigOptions.key("state.backend.rocksdb.compaction.level.target-file-size-base")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(64))
                    .check("more than 0", size -> size.bytes() > 0)
                    .withDescription("Size of the files of the first level.");

    /**
     * {@code state.backend.rocksdb.compaction.level.max-size-level-base}: size of the first level.
     */
    public static final ConfigOption<MemorySize> MAX_SIZE_LEVEL_BASE =
            ConfigOptions.key("state.backend.rocksdb.compaction.level.max-size-level-base")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(256))
                    .check("more than 0", size -> size.bytes() > 0)
                    .withDescription("Size of the first level.");

    /** {@code state.backend.rocksdb.writebuffer.size}: size of a write buffer. */
    public static final ConfigOption<MemorySize> WRITE_BUFFER_SIZE =
            ConfigOptions.key("state.backend.rocksdb.writebuffer.size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(64))
                    .check("more than 0", size -> size.bytes() > 0)
                    .withDescription(
                            "What a column collects in memory before it is written to "
                                    + "disk; shared memory makes it less.");

    /** {@code state.backend.rocksdb.writebuffer.count}: number of write buffers. */
    public static final ConfigOption<Integer> MAX_WRITE_BUFFER_NUMBER =
            ConfigOptions.key("state.backend.rocksdb.writebuffer.count")
                    .intType()
                    .defaultValue(2)
                    .check("at least 1", count -> count >= 1)
                    .withDescription("How many write buffers a column has, at most.");

    /** {@code state.backend.rocksdb.writebuffer.number-to-merge}: write buffers merged. */
    public static final ConfigOption<Integer> MIN_WRITE_BUFFER_NUMBER_TO_MERGE =
            ConfigOptions.key("state.backend.rocksdb.writebuffer.number-to-merge")
                    .intType()
                    .defaultValue(1)
                    .check("at least 1", count -> count >= 1)
                    .withDescription(
                            "How many write buffers are merged before they are written "
                                    + "to disk.");

    /** {@code state.backend.rocksdb.block.blocksize}: size of blocks. */
    public static final ConfigOption<MemorySize> BLOCK_SIZE =
            ConfigOptions.key("state.backend.rocksdb.block.blocksize")
                    .memoryType()
                    .defaultValue(MemorySize.ofKibi(4))
                    .check("more than 0", size -> size.bytes() > 0)
                    .withDescription("Size of the blocks of data in a file.");

    /** {@code state.backend.rocksdb.block.metadata-blocksize}: size of index blocks. */
    public static final ConfigOption<MemorySize> METADATA_BLOCK_SIZE =
            ConfigOptions.key("state.backend.rocksdb.block.metadata-blocksize")
                    .memoryType()
                    .defaultValue(MemorySize.ofKibi(4))
                    .check("more than 0", size -> size.bytes() > 0)
                    .withDescription(
                            "Size of the blocks of indexes and filters, if they are cut "
                                    + "into blocks.");

    /** {@code state.backend.rocksdb.block.cache-size}: cache of a column. */
    public static final ConfigOption<MemorySize> BLOCK_CACHE_SIZE =
            ConfigOptions.key("state.backend.rocksdb.block.cache-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(8))
                    .check("more than 0", size -> size.bytes() > 0)
                    .withDescription("Block cache of a column. Not used where memory is shared.");

    /** {@code state.backend.rocksdb.use-bloom-filter}: filters. */
    public static final ConfigOption<Boolean> USE_BLOOM_FILTER =
            ConfigOptions.key("state.backend.rocksdb.use-bloom-filter")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether files have a filter that tells most keys they do "
                                    + "not hold.");

    /** {@code state.backend.rocksdb.bloom-filter.bits-per-key}: size of filters. */
    public static final ConfigOption<Double> BLOOM_FILTER_BITS_PER_KEY =
            ConfigOptions.key("state.backend.rocksdb.bloom-filter.bits-per-key")
                    .doubleType()
                    .defaultValue(10.0)
                    .withDescription("Bits of the filter for each key.");

    /** {@code state.backend.rocksdb.bloom-filter.block-based-mode}: filters of blocks. */
    public static final ConfigOption<Boolean> BLOOM_FILTER_BLOCK_BASED_MODE =
            ConfigOptions.key("state.backend.rocksdb.bloom-filter.block-based-mode")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether each block has a filter instead of each file.")
                    .withoutEffect(
                            "RocksDB has no filters of blocks any more; it makes filters of files.");

    /** {@code state.backend.rocksdb.restore-overlap-fraction-threshold}: files taken over. */
    public static final ConfigOption<Double> RESTORE_OVERLAP_FRACTION_THRESHOLD =
            ConfigOptions.key("state.backend.rocksdb.restore-overlap-fraction-threshold")
                    .doubleType()
                    .defaultValue(0.0)
                    .check("between 0 and 1", part -> part >= 0 && part <= 1)
                    .withDescription(
                            "How much of a file must be wanted for a rescaled job to "
                                    + "take it over as it is.")
                    .withoutEffect(RESTORES_STREAMS);

    /** {@code state.backend.rocksdb.use-ingest-db-restore-mode}: files joined. */
    public static final ConfigOption<Boolean> USE_INGEST_DB_RESTORE_MODE =
            ConfigOptions.key("state.backend.rocksdb.use-ingest-db-restore-mode")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a rescaled job joins files instead of copying " + "entries.")
                    .withoutEffect(RESTORES_STREAMS);

    /**
     * {@code state.backend.rocksdb.incremental-restore-async-compact-after-rescale}: clean-up after
     * rescaling.
     */
    public static final ConfigOption<Boolean> INCREMENTAL_RESTORE_ASYNC_COMPACT_AFTER_RESCALE =
            ConfigOptions.key(
                            "state.backend.rocksdb.incremental-restore-async-compact-after-rescale")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether entries of other subtasks are removed after a "
                                    + "rescaled job has started.")
                    .withoutEffect(RESTORES_STREAMS);

    /** {@code state.backend.rocksdb.write-batch-size}: size of a batch. */
    public static final ConfigOption<MemorySize> WRITE_BATCH_SIZE =
            ConfigOptions.key("state.backend.rocksdb.write-batch-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebi(2))
                    .withDescription(
                            "Bytes that are collected, at most, before they are written "
                                    + "together; 0 for no limit. Never more than 64 kb are "
                                    + "collected, since more brings nothing.");

    /** {@code state.backend.rocksdb.rescaling.use-delete-files-in-range}: files removed. */
    public static final ConfigOption<Boolean> USE_DELETE_FILES_IN_RANGE_DURING_RESCALING =
            ConfigOptions.key("state.backend.rocksdb.rescaling.use-delete-files-in-range")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a rescaled job removes whole files of other " + "subtasks.")
                    .withoutEffect(RESTORES_STREAMS);

    /**
     * {@code state.backend.rocksdb.compaction.filter.query-time-after-num-entries}: clock of
     * expiry.
     */
    public static final ConfigOption<Long> COMPACT_FILTER_QUERY_TIME_AFTER_NUM_ENTRIES =
            ConfigOptions.key(
                            "state.backend.rocksdb.compaction.filter.query-time-after-num-entries")
                    .longType()
                    .defaultValue(1000L)
                    .withDescription(
                            "How many entries are compared with the same clock reading "
                                    + "when expired ones are removed.")
                    .withoutEffect(NO_EXPIRY);

    /**
     * {@code state.backend.rocksdb.compaction.filter.periodic-compaction-time}: compaction for
     * expiry.
     */
    public static final ConfigOption<Duration> COMPACT_FILTER_PERIODIC_COMPACTION_TIME =
            ConfigOptions.key("state.backend.rocksdb.compaction.filter.periodic-compaction-time")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "Age at which a file is compacted so that expired entries "
                                    + "leave it.")
                    .withoutEffect(NO_EXPIRY);

    private RocksDBConfigurableOptions() {}

    /**
     * The options of database and columns: what is configured for them wins over {@link
     * PredefinedOptions}.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> ofDatabaseAndColumns() {
        return List.of(
                MAX_BACKGROUND_THREADS,
                MAX_OPEN_FILES,
                LOG_LEVEL,
                LOG_MAX_FILE_SIZE,
                LOG_FILE_NUM,
                LOG_DIR,
                COMPACTION_STYLE,
                COMPRESSION_PER_LEVEL,
                USE_DYNAMIC_LEVEL_SIZE,
                TARGET_FILE_SIZE_BASE,
                MAX_SIZE_LEVEL_BASE,
                WRITE_BUFFER_SIZE,
                MAX_WRITE_BUFFER_NUMBER,
                MIN_WRITE_BUFFER_NUMBER_TO_MERGE,
                BLOCK_SIZE,
                METADATA_BLOCK_SIZE,
                BLOCK_CACHE_SIZE,
                USE_BLOOM_FILTER,
                BLOOM_FILTER_BITS_PER_KEY,
                BLOOM_FILTER_BLOCK_BASED_MODE,
                RESTORE_OVERLAP_FRACTION_THRESHOLD,
                USE_INGEST_DB_RESTORE_MODE,
                INCREMENTAL_RESTORE_ASYNC_COMPACT_AFTER_RESCALE,
                COMPACT_FILTER_QUERY_TIME_AFTER_NUM_ENTRIES,
                COMPACT_FILTER_PERIODIC_COMPACTION_TIME);
    }

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                MAX_BACKGROUND_THREADS,
                MAX_OPEN_FILES,
                LOG_LEVEL,
                LOG_MAX_FILE_SIZE,
                LOG_FILE_NUM,
                LOG_DIR,
                COMPACTION_STYLE,
                USE_DYNAMIC_LEVEL_SIZE,
                COMPRESSION_PER_LEVEL,
                TARGET_FILE_SIZE_BASE,
                MAX_SIZE_LEVEL_BASE,
                WRITE_BUFFER_SIZE,
                MAX_WRITE_BUFFER_NUMBER,
                MIN_WRITE_BUFFER_NUMBER_TO_MERGE,
                BLOCK_SIZE,
                METADATA_BLOCK_SIZE,
                BLOCK_CACHE_SIZE,
                USE_BLOOM_FILTER,
                BLOOM_FILTER_BITS_PER_KEY,
                BLOOM_FILTER_BLOCK_BASED_MODE,
                RESTORE_OVERLAP_FRACTION_THRESHOLD,
                USE_INGEST_DB_RESTORE_MODE,
                INCREMENTAL_RESTORE_ASYNC_COMPACT_AFTER_RESCALE,
                WRITE_BATCH_SIZE,
                USE_DELETE_FILES_IN_RANGE_DURING_RESCALING,
                COMPACT_FILTER_QUERY_TIME_AFTER_NUM_ENTRIES,
                COMPACT_FILTER_PERIODIC_COMPACTION_TIME);
    }
}
