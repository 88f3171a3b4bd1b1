package io.holdfast.legacy;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import java.util.List;

/** Makes {@link RocksDBStateBackend}s. */
public final class RocksDBStateBackendFactory implements StateBackendFactory {

    /** For {@link java.util.ServiceLoader}. */
    public RocksDBStateBackendFactory() {}

    @Override
    public String name() {
        return RocksDBStateBackend.NAME;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return LegacyOptions.rocksdb();
    }

    /** {@inheritDoc} STORAGE-5004 if no checkpoint directory is set. */
    @Override
    public StateBackend create(ReadableConfig config) {
        return new RocksDBStateBackend(new FsStateBackend(LegacyOptions.storage(config)))
                .configure(config);
    }
}
