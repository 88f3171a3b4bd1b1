package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import java.util.List;

/** Switches of the figures that RocksDB keeps itself; all off, since some of them cost. */
public final class RocksDBNativeMetricOptions {
    private static final String NOT_PUBLISHED =
            "State backends have no way to publish metrics yet.";

    /**
     * {@code state.backend.rocksdb.metrics.actual-delayed-write-rate}: a figure of the database.
     */
    public static final ConfigOption<Boolean> MONITOR_ACTUAL_DELAYED_WRITE_RATE =
            ConfigOptions.key("state.backend.rocksdb.metrics.actual-delayed-write-rate")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: bytes per second to which "
                                    + "writes are slowed; 0 for not.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.background-errors}: errors in the background. */
    public static final ConfigOption<Boolean> MONITOR_BACKGROUND_ERRORS =
            ConfigOptions.key("state.backend.rocksdb.metrics.background-errors")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: errors in the background.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.block-cache-capacity}: bytes of the block cache. */
    public static final ConfigOption<Boolean> BLOCK_CACHE_CAPACITY =
            ConfigOptions.key("state.backend.rocksdb.metrics.block-cache-capacity")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes of the block cache.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.block-cache-hit}: reads found in the block cache. */
    public static final ConfigOption<Boolean> MONITOR_BLOCK_CACHE_HIT =
            ConfigOptions.key("state.backend.rocksdb.metrics.block-cache-hit")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: reads found in the block cache.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.block-cache-miss}: reads not found in the block cache.
     */
    public static final ConfigOption<Boolean> MONITOR_BLOCK_CACHE_MISS =
            ConfigOptions.key("state.backend.rocksdb.metrics.block-cache-miss")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: reads not found in the block " + "cache.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.block-cache-pinned-usage}: a figure of the database. */
    public static final ConfigOption<Boolean> BLOCK_CACHE_PINNED_USAGE =
            ConfigOptions.key("state.backend.rocksdb.metrics.block-cache-pinned-usage")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: bytes of the block cache that "
                                    + "cannot leave.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.block-cache-usage}: bytes of the block cache in use. */
    public static final ConfigOption<Boolean> BLOCK_CACHE_USAGE =
            ConfigOptions.key("state.backend.rocksdb.metrics.block-cache-usage")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: bytes of the block cache in " + "use.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.bloom-filter-full-positive}: keys. */
    public static final ConfigOption<Boolean> MONITOR_BLOOM_FILTER_FULL_POSITIVE =
            ConfigOptions.key("state.backend.rocksdb.metrics.bloom-filter-full-positive")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: keys that filters let pass.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.bloom-filter-full-true-positive}: a figure of the
     * database.
     */
    public static final ConfigOption<Boolean> MONITOR_BLOOM_FILTER_FULL_TRUE_POSITIVE =
            ConfigOptions.key("state.backend.rocksdb.metrics.bloom-filter-full-true-positive")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: keys that filters let pass and "
                                    + "that were there.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.bloom-filter-useful}: reads of files. */
    public static final ConfigOption<Boolean> MONITOR_BLOOM_FILTER_USEFUL =
            ConfigOptions.key("state.backend.rocksdb.metrics.bloom-filter-useful")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: reads of files that filters " + "saved.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.bytes-read}: bytes read. */
    public static final ConfigOption<Boolean> MONITOR_BYTES_READ =
            ConfigOptions.key("state.backend.rocksdb.metrics.bytes-read")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes read.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.bytes-written}: bytes written. */
    public static final ConfigOption<Boolean> MONITOR_BYTES_WRITTEN =
            ConfigOptions.key("state.backend.rocksdb.metrics.bytes-written")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes written.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.column-family-as-variable}: label or name. */
    public static final ConfigOption<Boolean> COLUMN_FAMILY_AS_VARIABLE =
            ConfigOptions.key("state.backend.rocksdb.metrics.column-family-as-variable")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the column is a label of the metrics instead of a "
                                    + "part of their names.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.compaction-pending}: whether a compaction waits. */
    public static final ConfigOption<Boolean> TRACK_COMPACTION_PENDING =
            ConfigOptions.key("state.backend.rocksdb.metrics.compaction-pending")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: whether a compaction waits.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.compaction-read-bytes}: bytes read by compactions. */
    public static final ConfigOption<Boolean> MONITOR_COMPACTION_READ_BYTES =
            ConfigOptions.key("state.backend.rocksdb.metrics.compaction-read-bytes")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes read by compactions.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.compaction-write-bytes}: bytes written by compactions.
     */
    public static final ConfigOption<Boolean> MONITOR_COMPACTION_WRITE_BYTES =
            ConfigOptions.key("state.backend.rocksdb.metrics.compaction-write-bytes")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes written by compactions.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.cur-size-active-mem-table}: bytes of the write buffer in
     * use.
     */
    public static final ConfigOption<Boolean> MONITOR_CUR_SIZE_ACTIVE_MEM_TABLE =
            ConfigOptions.key("state.backend.rocksdb.metrics.cur-size-active-mem-table")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: bytes of the write buffer in " + "use.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.cur-size-all-mem-tables}: a figure of the database. */
    public static final ConfigOption<Boolean> MONITOR_CUR_SIZE_ALL_MEM_TABLE =
            ConfigOptions.key("state.backend.rocksdb.metrics.cur-size-all-mem-tables")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: bytes of all write buffers not "
                                    + "yet written.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.estimate-live-data-size}: an estimate of the bytes of
     * live data.
     */
    public static final ConfigOption<Boolean> ESTIMATE_LIVE_DATA_SIZE =
            ConfigOptions.key("state.backend.rocksdb.metrics.estimate-live-data-size")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: an estimate of the bytes of "
                                    + "live data.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.estimate-num-keys}: an estimate of the number of keys.
     */
    public static final ConfigOption<Boolean> ESTIMATE_NUM_KEYS =
            ConfigOptions.key("state.backend.rocksdb.metrics.estimate-num-keys")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: an estimate of the number of " + "keys.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.estimate-pending-compaction-bytes}: an estimate of the
     * bytes to compact.
     */
    public static final ConfigOption<Boolean> ESTIMATE_PENDING_COMPACTION_BYTES =
            ConfigOptions.key("state.backend.rocksdb.metrics.estimate-pending-compaction-bytes")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: an estimate of the bytes to " + "compact.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.estimate-table-readers-mem}: a figure of the database.
     */
    public static final ConfigOption<Boolean> ESTIMATE_TABLE_READERS_MEM =
            ConfigOptions.key("state.backend.rocksdb.metrics.estimate-table-readers-mem")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: an estimate of the memory of "
                                    + "open files outside the cache.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.is-write-stopped}: whether writes are stopped. */
    public static final ConfigOption<Boolean> IS_WRITE_STOPPED =
            ConfigOptions.key("state.backend.rocksdb.metrics.is-write-stopped")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: whether writes are stopped.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.iter-bytes-read}: bytes read by iterators. */
    public static final ConfigOption<Boolean> MONITOR_ITER_BYTES_READ =
            ConfigOptions.key("state.backend.rocksdb.metrics.iter-bytes-read")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes read by iterators.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.live-sst-files-size}: a figure of the database. */
    public static final ConfigOption<Boolean> MONITOR_LIVE_SST_FILES_SIZE =
            ConfigOptions.key("state.backend.rocksdb.metrics.live-sst-files-size")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: bytes of the files of the "
                                    + "newest version.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.mem-table-flush-pending}: a figure of the database. */
    public static final ConfigOption<Boolean> MONITOR_MEM_TABLE_FLUSH_PENDING =
            ConfigOptions.key("state.backend.rocksdb.metrics.mem-table-flush-pending")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: whether a write buffer waits to "
                                    + "be written.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.num-deletes-active-mem-table}: removals in the write
     * buffer in use.
     */
    public static final ConfigOption<Boolean> MONITOR_NUM_DELETES_ACTIVE_MEM_TABLE =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-deletes-active-mem-table")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: removals in the write buffer in " + "use.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.num-deletes-imm-mem-tables}: removals in write buffers
     * waiting.
     */
    public static final ConfigOption<Boolean> MONITOR_NUM_DELETES_IMM_MEM_TABLE =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-deletes-imm-mem-tables")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: removals in write buffers " + "waiting.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.num-entries-active-mem-table}: entries of the write
     * buffer in use.
     */
    public static final ConfigOption<Boolean> MONITOR_NUM_ENTRIES_ACTIVE_MEM_TABLE =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-entries-active-mem-table")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: entries of the write buffer in " + "use.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.num-entries-imm-mem-tables}: entries of write buffers
     * waiting.
     */
    public static final ConfigOption<Boolean> MONITOR_NUM_ENTRIES_IMM_MEM_TABLES =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-entries-imm-mem-tables")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: entries of write buffers " + "waiting.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.num-files-at-level}: files of each level. */
    public static final ConfigOption<Boolean> MONITOR_NUM_FILES_AT_LEVEL =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-files-at-level")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: files of each level.")
                    .withoutEffect(NOT_PUBLISHED);

    /**
     * {@code state.backend.rocksdb.metrics.num-immutable-mem-table}: write buffers waiting to be
     * written.
     */
    public static final ConfigOption<Boolean> MONITOR_NUM_IMMUTABLE_MEM_TABLES =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-immutable-mem-table")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: write buffers waiting to be " + "written.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.num-live-versions}: a figure of the database. */
    public static final ConfigOption<Boolean> MONITOR_NUM_LIVE_VERSIONS =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-live-versions")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: versions of the set of files "
                                    + "that are in use.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.num-running-compactions}: compactions running. */
    public static final ConfigOption<Boolean> MONITOR_NUM_RUNNING_COMPACTIONS =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-running-compactions")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: compactions running.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.num-running-flushes}: flushes running. */
    public static final ConfigOption<Boolean> MONITOR_NUM_RUNNING_FLUSHES =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-running-flushes")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: flushes running.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.num-snapshots}: snapshots of the database. */
    public static final ConfigOption<Boolean> MONITOR_NUM_SNAPSHOTS =
            ConfigOptions.key("state.backend.rocksdb.metrics.num-snapshots")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: snapshots of the database.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.size-all-mem-tables}: bytes of all write buffers. */
    public static final ConfigOption<Boolean> MONITOR_SIZE_ALL_MEM_TABLES =
            ConfigOptions.key("state.backend.rocksdb.metrics.size-all-mem-tables")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes of all write buffers.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.stall-micros}: microseconds. */
    public static final ConfigOption<Boolean> MONITOR_STALL_MICROS =
            ConfigOptions.key("state.backend.rocksdb.metrics.stall-micros")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether this is published: microseconds that writes had to " + "wait.")
                    .withoutEffect(NOT_PUBLISHED);

    /** {@code state.backend.rocksdb.metrics.total-sst-files-size}: bytes of all files. */
    public static final ConfigOption<Boolean> MONITOR_TOTAL_SST_FILES_SIZE =
            ConfigOptions.key("state.backend.rocksdb.metrics.total-sst-files-size")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether this is published: bytes of all files.")
                    .withoutEffect(NOT_PUBLISHED);

    private RocksDBNativeMetricOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                MONITOR_ACTUAL_DELAYED_WRITE_RATE,
                MONITOR_BACKGROUND_ERRORS,
                BLOCK_CACHE_CAPACITY,
                MONITOR_BLOCK_CACHE_HIT,
                MONITOR_BLOCK_CACHE_MISS,
                BLOCK_CACHE_PINNED_USAGE,
                BLOCK_CACHE_USAGE,
                MONITOR_BLOOM_FILTER_FULL_POSITIVE,
                MONITOR_BLOOM_FILTER_FULL_TRUE_POSITIVE,
                MONITOR_BLOOM_FILTER_USEFUL,
                MONITOR_BYTES_READ,
                MONITOR_BYTES_WRITTEN,
                COLUMN_FAMILY_AS_VARIABLE,
                TRACK_COMPACTION_PENDING,
                MONITOR_COMPACTION_READ_BYTES,
                MONITOR_COMPACTION_WRITE_BYTES,
                MONITOR_CUR_SIZE_ACTIVE_MEM_TABLE,
                MONITOR_CUR_SIZE_ALL_MEM_TABLE,
                ESTIMATE_LIVE_DATA_SIZE,
                ESTIMATE_NUM_KEYS,
                ESTIMATE_PENDING_COMPACTION_BYTES,
                ESTIMATE_TABLE_READERS_MEM,
                IS_WRITE_STOPPED,
                MONITOR_ITER_BYTES_READ,
                MONITOR_LIVE_SST_FILES_SIZE,
                MONITOR_MEM_TABLE_FLUSH_PENDING,
                MONITOR_NUM_DELETES_ACTIVE_MEM_TABLE,
                MONITOR_NUM_DELETES_IMM_MEM_TABLE,
                MONITOR_NUM_ENTRIES_ACTIVE_MEM_TABLE,
                MONITOR_NUM_ENTRIES_IMM_MEM_TABLES,
                MONITOR_NUM_FILES_AT_LEVEL,
                MONITOR_NUM_IMMUTABLE_MEM_TABLES,
                MONITOR_NUM_LIVE_VERSIONS,
                MONITOR_NUM_RUNNING_COMPACTIONS,
                MONITOR_NUM_RUNNING_FLUSHES,
                MONITOR_NUM_SNAPSHOTS,
                MONITOR_SIZE_ALL_MEM_TABLES,
                MONITOR_STALL_MICROS,
                MONITOR_TOTAL_SST_FILES_SIZE);
    }
}
