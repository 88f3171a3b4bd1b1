package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.MemorySize;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import java.util.List;

/** Options of the state backend {@code rocksdb} as a whole. */
public final class RocksDBOptions {
    /** {@code state.backend.rocksdb.localdir}: where databases are. */
    public static final ConfigOption<String> LOCAL_DIRECTORIES =
            ConfigOptions.key("state.backend.rocksdb.localdir")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("state.backend.rocksdb.checkpointdir")
                    .withDescription(
                            "Local directories for the databases, separated by commas "
                                    + "or the system's path separator; absolute paths or file: "
                                    + "URIs. The databases are dealt out to them; those that "
                                    + "cannot be written are left out. If it is not set: the "
                                    + "engine's directories for working files.");

    /** {@code state.backend.rocksdb.timer-service.factory}: where timers are. */
    public static final ConfigOption<PriorityQueueStateType> TIMER_SERVICE_FACTORY =
            ConfigOptions.key("state.backend.rocksdb.timer-service.factory")
                    .enumType(PriorityQueueStateType.class)
                    .defaultValue(PriorityQueueStateType.ROCKSDB)
                    .withDescription(
                            "Where timers are. ROCKSDB: in the database, the earliest "
                                    + "also in memory. HEAP: all in memory; what changed is "
                                    + "written to the database when a snapshot begins, which the "
                                    + "job waits for.");

    /** {@code state.backend.rocksdb.timer-service.cache-size}: timers in memory. */
    public static final ConfigOption<Integer> ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE =
            ConfigOptions.key("state.backend.rocksdb.timer-service.cache-size")
                    .intType()
                    .defaultValue(128)
                    .checkBeyondFlink("0 or more, or -1 for the default", count -> count >= -1)
                    .withDescription(
                            "How many timers of each key group are held in memory, at "
                                    + "most, with timers in the database; -1 for the default.");

    /** {@code state.backend.rocksdb.checkpoint.transfer.thread.num}: threads of a snapshot. */
    public static final ConfigOption<Integer> CHECKPOINT_TRANSFER_THREAD_NUM =
            ConfigOptions.key("state.backend.rocksdb.checkpoint.transfer.thread.num")
                    .intType()
                    .defaultValue(4)
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("How many threads move the files of one snapshot.")
                    .withoutEffect("A snapshot is one stream, which one thread writes.");

    /** {@code state.backend.rocksdb.predefined-options}: a set of values. */
    public static final ConfigOption<String> PREDEFINED_OPTIONS =
            ConfigOptions.key("state.backend.rocksdb.predefined-options")
                    .stringType()
                    .defaultValue(PredefinedOptions.DEFAULT.name())
                    .check(PredefinedOptions.expected(), PredefinedOptions::isOne)
                    .withDescription(
                            "A set of values for options of database and columns that "
                                    + "are not set one by one: DEFAULT, SPINNING_DISK_OPTIMIZED, "
                                    + "SPINNING_DISK_OPTIMIZED_HIGH_MEM or FLASH_SSD_OPTIMIZED, "
                                    + "written exactly so.");

    /** {@code state.backend.rocksdb.options-factory}: own code for options. */
    public static final ConfigOption<String> OPTIONS_FACTORY =
            ConfigOptions.key("state.backend.rocksdb.options-factory")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Name of a class that implements RocksDBOptionsFactory and "
                                    + "has a public constructor without parameters. What it sets "
                                    + "wins over all other options, but for the memory that "
                                    + "databases share.");

    /** {@code state.backend.rocksdb.memory.managed}: the memory of the slot. */
    public static final ConfigOption<Boolean> USE_MANAGED_MEMORY =
            ConfigOptions.key("state.backend.rocksdb.memory.managed")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether all databases of a slot share the slot's part of "
                                    + "the managed memory. If false and nothing fixed is set, "
                                    + "every column takes its own block cache and write buffers.");

    /** {@code state.backend.rocksdb.memory.fixed-per-slot}: own memory of a slot. */
    public static final ConfigOption<MemorySize> FIX_PER_SLOT_MEMORY_SIZE =
            ConfigOptions.key("state.backend.rocksdb.memory.fixed-per-slot")
                    .memoryType()
                    .noDefaultValue()
                    .checkBeyondFlink("more than 0", size -> size.bytes() > 0)
                    .withDescription(
                            "Memory that all databases of a slot share, whatever the "
                                    + "managed memory is. Wins over the other memory options.");

    /** {@code state.backend.rocksdb.memory.fixed-per-tm}: own memory of the process. */
    public static final ConfigOption<MemorySize> FIX_PER_TM_MEMORY_SIZE =
            ConfigOptions.key("state.backend.rocksdb.memory.fixed-per-tm")
                    .memoryType()
                    .noDefaultValue()
                    .checkBeyondFlink("more than 0", size -> size.bytes() > 0)
                    .withDescription(
                            "Memory that all databases of this process share. Used if "
                                    + "neither fixed memory per slot nor managed memory is asked "
                                    + "for.");

    /** {@code state.backend.rocksdb.memory.write-buffer-ratio}: memory for writing. */
    public static final ConfigOption<Double> WRITE_BUFFER_RATIO =
            ConfigOptions.key("state.backend.rocksdb.memory.write-buffer-ratio")
                    .doubleType()
                    .defaultValue(0.5)
                    .checkBeyondFlink("more than 0 and less than 1", part -> part > 0 && part < 1)
                    .withDescription("Part of the shared memory for write buffers.");

    /** {@code state.backend.rocksdb.memory.high-prio-pool-ratio}: memory for indexes. */
    public static final ConfigOption<Double> HIGH_PRIORITY_POOL_RATIO =
            ConfigOptions.key("state.backend.rocksdb.memory.high-prio-pool-ratio")
                    .doubleType()
                    .defaultValue(0.1)
                    .checkBeyondFlink("0 or more and less than 1", part -> part >= 0 && part < 1)
                    .withDescription(
                            "Part of the shared memory that is kept for indexes and "
                                    + "filters. With 0 they compete with data, which costs much.");

    /** {@code state.backend.rocksdb.memory.partitioned-index-filters}: indexes in blocks. */
    public static final ConfigOption<Boolean> USE_PARTITIONED_INDEX_FILTERS =
            ConfigOptions.key("state.backend.rocksdb.memory.partitioned-index-filters")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether indexes and filters are cut into blocks, so that a "
                                    + "small cache need not hold them as a whole.");

    private RocksDBOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                LOCAL_DIRECTORIES,
                TIMER_SERVICE_FACTORY,
                ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE,
                CHECKPOINT_TRANSFER_THREAD_NUM,
                PREDEFINED_OPTIONS,
                OPTIONS_FACTORY,
                USE_MANAGED_MEMORY,
                FIX_PER_SLOT_MEMORY_SIZE,
                FIX_PER_TM_MEMORY_SIZE,
                WRITE_BUFFER_RATIO,
                HIGH_PRIORITY_POOL_RATIO,
                USE_PARTITIONED_INDEX_FILTERS);
    }
}
