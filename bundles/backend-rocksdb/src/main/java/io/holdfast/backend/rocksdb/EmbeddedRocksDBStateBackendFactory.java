package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import java.util.List;
import java.util.stream.Stream;

/** Makes the state backend {@code rocksdb}. */
public final class EmbeddedRocksDBStateBackendFactory implements StateBackendFactory {

    private static final List<ConfigOption<?>> BEFORE_METRICS =
            List.of(
                    CheckpointingOptions.INCREMENTAL_CHECKPOINTS,
                    CheckpointingOptions.SNAPSHOT_COMPRESSION,
                    RocksDBOptions.CHECKPOINT_TRANSFER_THREAD_NUM,
                    RocksDBConfigurableOptions.WRITE_BATCH_SIZE,
                    RocksDBOptions.USE_MANAGED_MEMORY,
                    RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE,
                    RocksDBOptions.FIX_PER_TM_MEMORY_SIZE,
                    RocksDBOptions.WRITE_BUFFER_RATIO,
                    RocksDBOptions.HIGH_PRIORITY_POOL_RATIO,
                    RocksDBOptions.USE_PARTITIONED_INDEX_FILTERS,
                    RocksDBOptions.TIMER_SERVICE_FACTORY,
                    RocksDBOptions.ROCKSDB_TIMER_SERVICE_FACTORY_CACHE_SIZE,
                    RocksDBOptions.LOCAL_DIRECTORIES);

    private static final List<ConfigOption<?>> AFTER_COLUMNS =
            List.of(
                    RocksDBOptions.OPTIONS_FACTORY,
                    RocksDBConfigurableOptions.RESTORE_OVERLAP_FRACTION_THRESHOLD,
                    RocksDBConfigurableOptions.USE_DELETE_FILES_IN_RANGE_DURING_RESCALING);

    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedRocksDBStateBackendFactory() {}

    @Override
    public String name() {
        return EmbeddedRocksDBStateBackend.NAME;
    }

    /** {@inheritDoc} In the order in which the backend reads them. */
    @Override
    public List<ConfigOption<?>> options() {
        return Stream.of(
                        BEFORE_METRICS,
                        RocksDBNativeMetricOptions.all(),
                        List.<ConfigOption<?>>of(RocksDBOptions.PREDEFINED_OPTIONS),
                        RocksDBConfigurableOptions.ofDatabaseAndColumns(),
                        AFTER_COLUMNS,
                        RocksDBManualCompactionOptions.all())
                .<ConfigOption<?>>flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** {@inheritDoc} The same as {@link EmbeddedRocksDBStateBackend#configure}. */
    @Override
    public StateBackend create(ReadableConfig config) {
        return new EmbeddedRocksDBStateBackend().configure(config);
    }
}
