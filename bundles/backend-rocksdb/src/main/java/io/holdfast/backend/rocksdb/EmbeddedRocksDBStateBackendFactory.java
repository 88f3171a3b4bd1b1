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

    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedRocksDBStateBackendFactory() {}

    @Override
    public String name() {
        return EmbeddedRocksDBStateBackend.NAME;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return Stream.of(
                        List.<ConfigOption<?>>of(CheckpointingOptions.INCREMENTAL_CHECKPOINTS),
                        RocksDBOptions.all(),
                        RocksDBConfigurableOptions.all(),
                        RocksDBManualCompactionOptions.all(),
                        RocksDBNativeMetricOptions.all())
                .<ConfigOption<?>>flatMap(List::stream)
                .toList();
    }

    /** {@inheritDoc} The same as {@link EmbeddedRocksDBStateBackend#configure}. */
    @Override
    public StateBackend create(ReadableConfig config) {
        return new EmbeddedRocksDBStateBackend().configure(config);
    }
}
