package io.holdfast.legacy;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import io.holdfast.backend.rocksdb.PredefinedOptions;
import io.holdfast.backend.rocksdb.RocksDBMemoryConfiguration;
import io.holdfast.backend.rocksdb.RocksDBOptionsFactory;
import io.holdfast.spi.state.CompositeStateBackend;
import io.holdfast.spi.state.ConfigurableStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import java.net.URI;

/**
 * State in RocksDB, checkpoints where another legacy backend puts them: {@link
 * EmbeddedRocksDBStateBackend} with the storage of that backend, which is a {@link FsStateBackend}
 * where only a directory is given.
 *
 * <p>Setters work as those of {@link EmbeddedRocksDBStateBackend}. What is not set is taken from
 * the configuration, for both parts. Not changed any more once a job runs.
 */
public final class RocksDBStateBackend extends AbstractStateBackend {
    static final String NAME = "legacy-rocksdb";

    private final EmbeddedRocksDBStateBackend rocksdb;
    private final CompositeStateBackend checkpointStreamBackend;

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDataUri such as {@code hdfs://namenode:40010/flink/checkpoints}
     * @throws HoldfastException STORAGE-5003 if it has no scheme, has no path or is a root
     *     directory
     */
    public RocksDBStateBackend(String checkpointDataUri) {
        this(new FsStateBackend(checkpointDataUri), TernaryBoolean.UNDEFINED);
    }

    /**
     * Checkpoints below a directory, incremental or not.
     *
     * @param checkpointDataUri such as {@code hdfs://namenode:40010/flink/checkpoints}
     * @param enableIncrementalCheckpointing whether checkpoints hold only what changed
     * @throws HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public RocksDBStateBackend(String checkpointDataUri, boolean enableIncrementalCheckpointing) {
        this(new FsStateBackend(checkpointDataUri), enableIncrementalCheckpointing);
    }

    /**
     * Checkpoints below a directory.
     *
     * @param checkpointDataUri the directory
     * @throws HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public RocksDBStateBackend(URI checkpointDataUri) {
        this(new FsStateBackend(checkpointDataUri), TernaryBoolean.UNDEFINED);
    }

    /**
     * Checkpoints below a directory, incremental or not.
     *
     * @param checkpointDataUri the directory
     * @param enableIncrementalCheckpointing whether checkpoints hold only what changed
     * @throws HoldfastException STORAGE-5003 if it cannot be a directory
     */
    public RocksDBStateBackend(URI checkpointDataUri, boolean enableIncrementalCheckpointing) {
        this(new FsStateBackend(checkpointDataUri), enableIncrementalCheckpointing);
    }

    /**
     * Checkpoints where another backend puts them.
     *
     * @param checkpointStreamBackend a backend that brings its storage along
     * @throws HoldfastException STATE-3140 if it brings none
     */
    public RocksDBStateBackend(StateBackend checkpointStreamBackend) {
        this(checkpointStreamBackend, TernaryBoolean.UNDEFINED);
    }

    /**
     * Checkpoints where another backend puts them, incremental or not.
     *
     * @param checkpointStreamBackend a backend that brings its storage along
     * @param enableIncrementalCheckpointing whether checkpoints hold only what changed
     * @throws HoldfastException STATE-3140 if it brings none
     */
    public RocksDBStateBackend(
            StateBackend checkpointStreamBackend, TernaryBoolean enableIncrementalCheckpointing) {
        this(
                new EmbeddedRocksDBStateBackend(enableIncrementalCheckpointing),
                composite(checkpointStreamBackend));
    }

    /**
     * Checkpoints where another legacy backend puts them.
     *
     * @param checkpointStreamBackend the other
     */
    public RocksDBStateBackend(AbstractStateBackend checkpointStreamBackend) {
        this(checkpointStreamBackend, TernaryBoolean.UNDEFINED);
    }

    /**
     * Checkpoints where another legacy backend puts them, incremental or not.
     *
     * @param checkpointStreamBackend the other
     * @param enableIncrementalCheckpointing whether checkpoints hold only what changed
     */
    public RocksDBStateBackend(
            AbstractStateBackend checkpointStreamBackend, boolean enableIncrementalCheckpointing) {
        this(checkpointStreamBackend, TernaryBoolean.fromBoolean(enableIncrementalCheckpointing));
    }

    private RocksDBStateBackend(
            EmbeddedRocksDBStateBackend rocksdb, CompositeStateBackend checkpointStreamBackend) {
        this.rocksdb = rocksdb;
        this.checkpointStreamBackend = checkpointStreamBackend;
    }

    private static CompositeStateBackend composite(StateBackend backend) {
        if (backend instanceof CompositeStateBackend composite) {
            return composite;
        }
        throw Problem.user(
                        "STATE-3140",
                        "The state backend '%s' cannot store the checkpoints of a RocksDBStateBackend: it brings no checkpoint storage along."
                                .formatted(backend.name()))
                .with("given", backend.getClass().getName())
                .with("possible", "MemoryStateBackend, FsStateBackend, own backends with a storage")
                .advise(
                        "use EmbeddedRocksDBStateBackend, and set the checkpoint storage on the"
                                + " environment")
                .exception();
    }

    @Override
    public RocksDBStateBackend configure(ReadableConfig config) {
        StateBackend streams =
                checkpointStreamBackend instanceof ConfigurableStateBackend open
                        ? open.configure(config)
                        : checkpointStreamBackend;
        return new RocksDBStateBackend(rocksdb.configure(config), composite(streams));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EmbeddedRocksDBStateBackend workingBackend() {
        return rocksdb;
    }

    @Override
    public CheckpointStorage checkpointStorage() {
        return checkpointStreamBackend.checkpointStorage();
    }

    /**
     * The backend whose storage takes the checkpoints.
     *
     * @return what was given, or a {@link FsStateBackend}
     */
    public StateBackend getCheckpointBackend() {
        return checkpointStreamBackend;
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#isIncrementalCheckpointsEnabled}.
     *
     * @return what was set, or configured, or false
     */
    public boolean isIncrementalCheckpointsEnabled() {
        return rocksdb.isIncrementalCheckpointsEnabled();
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#setDbStoragePath}.
     *
     * @param path an absolute path or a {@code file:} URI; null to leave it to the configuration
     */
    public void setDbStoragePath(String path) {
        rocksdb.setDbStoragePath(path);
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#setDbStoragePaths}.
     *
     * @param paths absolute paths or {@code file:} URIs; null to leave it to the configuration
     */
    public void setDbStoragePaths(String... paths) {
        rocksdb.setDbStoragePaths(paths);
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#getDbStoragePaths}.
     *
     * @return absolute paths, or null
     */
    public String[] getDbStoragePaths() {
        return rocksdb.getDbStoragePaths();
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#setPriorityQueueStateType}.
     *
     * @param type where timers are
     */
    public void setPriorityQueueStateType(PriorityQueueStateType type) {
        rocksdb.setPriorityQueueStateType(type);
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#getPriorityQueueStateType}.
     *
     * @return where timers are
     */
    public PriorityQueueStateType getPriorityQueueStateType() {
        return rocksdb.getPriorityQueueStateType();
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#setPredefinedOptions}.
     *
     * @param options the set
     */
    public void setPredefinedOptions(PredefinedOptions options) {
        rocksdb.setPredefinedOptions(options);
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#getPredefinedOptions}.
     *
     * @return the set
     */
    public PredefinedOptions getPredefinedOptions() {
        return rocksdb.getPredefinedOptions();
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#setRocksDBOptions}.
     *
     * @param optionsFactory own code for options
     */
    public void setRocksDBOptions(RocksDBOptionsFactory optionsFactory) {
        rocksdb.setRocksDBOptions(optionsFactory);
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#getRocksDBOptions}.
     *
     * @return own code for options, or null
     */
    public RocksDBOptionsFactory getRocksDBOptions() {
        return rocksdb.getRocksDBOptions();
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#setNumberOfTransferThreads}.
     *
     * @param threads 1 or more
     */
    public void setNumberOfTransferThreads(int threads) {
        rocksdb.setNumberOfTransferThreads(threads);
    }

    /**
     * The same as {@link #setNumberOfTransferThreads}, by its name of before 1.13.
     *
     * @param threads 1 or more
     */
    public void setNumberOfTransferingThreads(int threads) {
        rocksdb.setNumberOfTransferThreads(threads);
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#getNumberOfTransferThreads}.
     *
     * @return number of threads
     */
    public int getNumberOfTransferThreads() {
        return rocksdb.getNumberOfTransferThreads();
    }

    /**
     * The same as {@link #getNumberOfTransferThreads}, by its name of before 1.13.
     *
     * @return number of threads
     */
    public int getNumberOfTransferingThreads() {
        return rocksdb.getNumberOfTransferThreads();
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#setWriteBatchSize}.
     *
     * @param bytes 0 or more
     */
    public void setWriteBatchSize(long bytes) {
        rocksdb.setWriteBatchSize(bytes);
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#getWriteBatchSize}.
     *
     * @return bytes
     */
    public long getWriteBatchSize() {
        return rocksdb.getWriteBatchSize();
    }

    /**
     * See {@link EmbeddedRocksDBStateBackend#getMemoryConfiguration}.
     *
     * @return to be read or set
     */
    public RocksDBMemoryConfiguration getMemoryConfiguration() {
        return rocksdb.getMemoryConfiguration();
    }
}
