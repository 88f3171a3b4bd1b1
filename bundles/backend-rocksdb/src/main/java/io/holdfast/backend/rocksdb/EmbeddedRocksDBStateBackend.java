package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.api.error.Problem;
import io.holdfast.backend.rocksdb.keyed.KeyedSettings;
import io.holdfast.backend.rocksdb.keyed.RocksDbKeyedBackend;
import io.holdfast.backend.rocksdb.store.LocalDirectories;
import io.holdfast.backend.rocksdb.store.MemoryPlan;
import io.holdfast.rocksdb.RocksDbLibrary;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.ConfigurableStateBackend;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Holds working state in an embedded RocksDB database on local disk, as serialized bytes. For state
 * that is larger than memory; each access costs a serialization and a way through the database.
 *
 * <p>Keys, map keys and namespaces are compared by their bytes. Values can be changed freely after
 * they were stored or read. One value or list can have 512 MiB. Snapshots are always taken
 * asynchronously.
 *
 * <p>What is set here wins; what is not set is taken from the configuration, see {@link
 * RocksDBOptions} and {@link RocksDBConfigurableOptions}, or has the option's default. Setters
 * check at once. Not changed any more once a job runs; then it may be used by several threads.
 */
public final class EmbeddedRocksDBStateBackend implements ConfigurableStateBackend {

    /** Where timers are. */
    public enum PriorityQueueStateType {
        /** All in memory, on the heap. */
        HEAP,
        /** In the database; the earliest also in memory. */
        ROCKSDB
    }

    static final String NAME = "rocksdb";

    private static final int NOT_SET = -1;

    private TernaryBoolean incremental;
    private PriorityQueueStateType timers;
    private int timerCacheSize = NOT_SET;
    private int transferThreads = NOT_SET;
    private long writeBatchBytes = NOT_SET;
    private double overlapFraction = NOT_SET;
    private List<String> directories = List.of();
    private PredefinedOptions predefined;
    private Optional<RocksDBOptionsFactory> factory = Optional.empty();
    private Map<ConfigOption<?>, Object> configured = Map.of();
    private boolean deleteFilesInRange;
    private boolean snapshotsCompressed;
    private RocksDBMemoryConfiguration memory = new RocksDBMemoryConfiguration();
    private KeyedSettings settings;

    /** A backend of which everything is left to the configuration. */
    public EmbeddedRocksDBStateBackend() {
        this(TernaryBoolean.UNDEFINED);
    }

    /**
     * A backend with or without incremental checkpoints, whatever is configured.
     *
     * @param enableIncrementalCheckpointing whether checkpoints hold only what changed
     */
    public EmbeddedRocksDBStateBackend(boolean enableIncrementalCheckpointing) {
        this(TernaryBoolean.fromBoolean(enableIncrementalCheckpointing));
    }

    /**
     * A backend with, without, or with the configured choice of incremental checkpoints.
     *
     * @param enableIncrementalCheckpointing whether checkpoints hold only what changed
     */
    public EmbeddedRocksDBStateBackend(TernaryBoolean enableIncrementalCheckpointing) {
        this.incremental =
                Objects.requireNonNull(
                        enableIncrementalCheckpointing, "enableIncrementalCheckpointing");
    }

    /**
     * {@inheritDoc} An options factory that is configured by the name of its class is looked for
     * with the calling thread's context class loader, then with that of this module.
     *
     * @throws io.holdfast.api.error.HoldfastException STATE-3124 if memory cannot be divided as
     *     configured; STATE-3125, 3126, 3129 if a local directory cannot be one; STATE-3130 to 3133
     *     if the options factory cannot be made
     */
    @Override
    public EmbeddedRocksDBStateBackend configure(ReadableConfig config) {
        EmbeddedRocksDBStateBackend filled = new EmbeddedRocksDBStateBackend(incremental);
        // In the order of EmbeddedRocksDBStateBackendFactory.options().
        filled.incremental =
                incremental.resolveUndefined(
                        config.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS));
        filled.snapshotsCompressed = config.get(CheckpointingOptions.SNAPSHOT_COMPRESSION);
        filled.transferThreads =
                transferThreads != NOT_SET
                        ? transferThreads
                        : config.get(RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM);
        filled.writeBatchBytes =
                writeBatchBytes != NOT_SET
                        ? writeBatchBytes
                        : config.get(RocksDBConfigurableOptions.WRITE_BATCH_SIZE).bytes();
        filled.memory = memory.filledFrom(config);
        filled.timers = timers != null ? timers : config.get(RocksDBOptions.TIMER_SERVICE_FACTORY);
        filled.timerCacheSize =
                timerCacheSize != NOT_SET
                        ? timerCacheSize
                        : config.get(RocksDBOptions.ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE);
        filled.directories =
                directories.isEmpty()
                        ? config.getOptional(RocksDBOptions.LOCAL_DIRECTORIES)
                                .map(LocalPaths::ofText)
                                .orElse(List.of())
                        : directories;
        check(RocksDBNativeMetricOptions.all(), config);
        filled.predefined =
                predefined != null
                        ? predefined
                        : PredefinedOptions.valueOf(config.get(RocksDBOptions.PREDEFINED_OPTIONS));
        filled.configured = ConfiguredOptions.read(configured, config);
        filled.factory = OptionsFactories.choose(factory, config);
        filled.overlapFraction =
                overlapFraction != NOT_SET
                        ? overlapFraction
                        : config.get(RocksDBConfigurableOptions.RESTORE_OVERLAP_FRACTION_THRESHOLD);
        filled.deleteFilesInRange =
                config.get(RocksDBConfigurableOptions.USE_DELETE_FILES_IN_RANGE_DURING_RESCALING);
        check(RocksDBManualCompactionOptions.all(), config);
        return filled;
    }

    /** What is used elsewhere, or not at all, must be readable all the same. */
    private static void check(List<ConfigOption<?>> options, ReadableConfig config) {
        options.forEach(config::getOptional);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return Set.of(SnapshotKind.FULL, SnapshotKind.CANONICAL);
    }

    /**
     * Opens the state of one subtask. The first call in a JVM loads RocksDB's native library.
     *
     * @throws io.holdfast.api.error.HoldfastException also STATE-3101 to 3105 if the library cannot
     *     be loaded, STATE-3111 to 3114 if the database cannot be made, STATE-3127 if the options
     *     factory gives it a foreign table format, STATE-3128 if no local directory can be written
     */
    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        RocksDbLibrary.load();
        return RocksDbKeyedBackend.open(request, settings());
    }

    /** Kept, so that the databases of a job are dealt out to the directories in turn. */
    private synchronized KeyedSettings settings() {
        if (settings == null) {
            MemoryPlan plan = memory.plan();
            settings =
                    new KeyedSettings(
                            new ConfiguredOptions(
                                    configured,
                                    getPredefinedOptions(),
                                    factory,
                                    plan instanceof MemoryPlan.NothingShared),
                            plan,
                            directories.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            new LocalDirectories(
                                                    directories.stream().map(Path::of).toList())),
                            getTimerCacheSize(),
                            getPriorityQueueStateType() == PriorityQueueStateType.HEAP,
                            getWriteBatchSize(),
                            snapshotsCompressed);
        }
        return settings;
    }

    private synchronized void changed() {
        settings = null;
    }

    /**
     * Whether checkpoints hold only what changed.
     *
     * @return what was set, or configured, or false
     */
    public boolean isIncrementalCheckpointsEnabled() {
        return incremental.getOrDefault(
                CheckpointingOptions.INCREMENTAL_CHECKPOINTS.defaultValue());
    }

    /**
     * Whether incremental checkpoints were asked for or refused.
     *
     * @return {@link TernaryBoolean#UNDEFINED} if neither code nor configuration was asked yet
     */
    public TernaryBoolean incrementalCheckpoints() {
        return incremental;
    }

    /**
     * Sets the directory of databases.
     *
     * @param path an absolute path or a {@code file:} URI; null to leave it to the configuration
     * @throws io.holdfast.api.error.HoldfastException STATE-3125 if it is relative, STATE-3126 if
     *     it is not local
     */
    public void setDbStoragePath(String path) {
        if (path == null) {
            setDbStoragePaths((String[]) null);
        } else {
            setDbStoragePaths(path);
        }
    }

    /**
     * Sets the directories of databases, which are dealt out to them.
     *
     * @param paths absolute paths or {@code file:} URIs; null to leave it to the configuration
     * @throws io.holdfast.api.error.HoldfastException STATE-3125 if one is relative, STATE-3126 if
     *     one is not local, STATE-3129 if there is none
     */
    public void setDbStoragePaths(String... paths) {
        directories = paths == null ? List.of() : LocalPaths.ofCode(paths);
        changed();
    }

    /**
     * The directories of databases.
     *
     * @return absolute paths, or null if the engine's directories are used
     */
    public String[] getDbStoragePaths() {
        return directories.isEmpty() ? null : directories.toArray(String[]::new);
    }

    /**
     * Chooses where timers are.
     *
     * @param type the choice
     */
    public void setPriorityQueueStateType(PriorityQueueStateType type) {
        timers = Objects.requireNonNull(type, "type");
        changed();
    }

    /**
     * Where timers are.
     *
     * @return what was set, or configured, or {@link PriorityQueueStateType#ROCKSDB}
     */
    public PriorityQueueStateType getPriorityQueueStateType() {
        return timers != null ? timers : RocksDBOptions.TIMER_SERVICE_FACTORY.defaultValue();
    }

    /**
     * How many timers of each key group are in memory, with timers in the database.
     *
     * @return what was configured, or 128
     */
    public int getTimerCacheSize() {
        return timerCacheSize != NOT_SET
                ? timerCacheSize
                : RocksDBOptions.ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE.defaultValue();
    }

    /**
     * Chooses a set of values for options of database and columns.
     *
     * @param options the set
     */
    public void setPredefinedOptions(PredefinedOptions options) {
        predefined = Objects.requireNonNull(options, "options");
        changed();
    }

    /**
     * The set of values for options of database and columns.
     *
     * @return what was set, or configured, or {@link PredefinedOptions#DEFAULT}
     */
    public PredefinedOptions getPredefinedOptions() {
        return predefined != null ? predefined : PredefinedOptions.DEFAULT;
    }

    /**
     * Sets own code for options of database and columns. It wins over all other options.
     *
     * @param optionsFactory the code
     */
    public void setRocksDBOptions(RocksDBOptionsFactory optionsFactory) {
        factory = Optional.of(optionsFactory);
        changed();
    }

    /**
     * The own code for options of database and columns.
     *
     * @return what was set or configured, or null
     */
    public RocksDBOptionsFactory getRocksDBOptions() {
        return factory.orElse(null);
    }

    /**
     * Sets how many threads move the files of one snapshot.
     *
     * @param threads 1 or more
     * @throws io.holdfast.api.error.HoldfastException STATE-3121 if it is less
     */
    public void setNumberOfTransferThreads(int threads) {
        if (threads < 1) {
            throw outOfRange("number of transfer threads", threads, "1 or more");
        }
        transferThreads = threads;
    }

    /**
     * How many threads move the files of one snapshot.
     *
     * @return what was set, or configured, or 4
     */
    public int getNumberOfTransferThreads() {
        return transferThreads != NOT_SET
                ? transferThreads
                : RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM.defaultValue();
    }

    /**
     * Sets how much is collected before it is written.
     *
     * @param bytes 0 or more; 0 for no limit
     * @throws io.holdfast.api.error.HoldfastException STATE-3121 if it is less
     */
    public void setWriteBatchSize(long bytes) {
        if (bytes < 0) {
            throw outOfRange("write batch size", bytes, "0 or more bytes");
        }
        writeBatchBytes = bytes;
        changed();
    }

    /**
     * How much is collected before it is written.
     *
     * @return bytes: what was set, or configured, or 2 MiB
     */
    public long getWriteBatchSize() {
        return writeBatchBytes != NOT_SET
                ? writeBatchBytes
                : RocksDBConfigurableOptions.WRITE_BATCH_SIZE.defaultValue().bytes();
    }

    private static RuntimeException outOfRange(String what, Object value, String expected) {
        return Problem.user("STATE-3121", "The " + what + " is out of range: " + value + ".")
                .with("expected", expected)
                .exception();
    }

    /**
     * Where memory comes from and how it is divided.
     *
     * @return to be read or set; setting is seen by databases that are opened later
     */
    public RocksDBMemoryConfiguration getMemoryConfiguration() {
        changed();
        return memory;
    }

    /**
     * Sets where memory comes from and how it is divided.
     *
     * @param configuration the settings; copied
     */
    public void setMemoryConfiguration(RocksDBMemoryConfiguration configuration) {
        memory = new RocksDBMemoryConfiguration(configuration);
        changed();
    }

    /**
     * How much of a file must be wanted for a rescaled job to take it over as it is.
     *
     * @return what was configured, or 0
     */
    public double getOverlapFractionThreshold() {
        return overlapFraction != NOT_SET
                ? overlapFraction
                : RocksDBConfigurableOptions.RESTORE_OVERLAP_FRACTION_THRESHOLD.defaultValue();
    }

    /**
     * Whether a rescaled job joins files instead of copying entries.
     *
     * @return what was configured, or false
     */
    public boolean getUseIngestDbRestoreMode() {
        return isConfigured(RocksDBConfigurableOptions.USE_INGEST_DB_RESTORE_MODE);
    }

    /**
     * Whether entries of other subtasks are removed after a rescaled job has started.
     *
     * @return what was configured, or false
     */
    public boolean getIncrementalRestoreAsyncCompactAfterRescale() {
        return isConfigured(
                RocksDBConfigurableOptions.INCREMENTAL_RESTORE_ASYNC_COMPACT_AFTER_RESCALE);
    }

    /**
     * Whether a rescaled job removes whole files of other subtasks.
     *
     * @return what was configured, or false
     */
    public boolean getUseDeleteFilesInRangeDuringRescaling() {
        return deleteFilesInRange;
    }

    private boolean isConfigured(ConfigOption<Boolean> option) {
        return Objects.equals(configured.get(option), true);
    }

    /**
     * The options of database and columns that were configured one by one.
     *
     * @return values by option; unmodifiable
     */
    public Map<ConfigOption<?>, Object> getConfiguredOptions() {
        return Map.copyOf(configured);
    }

    /** The name and what was set or configured. */
    @Override
    public String toString() {
        return "%s (timers %s, predefined options %s, memory %s)"
                .formatted(
                        NAME, getPriorityQueueStateType(), getPredefinedOptions(), memory.plan());
    }
}
