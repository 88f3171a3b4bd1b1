package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;

/** Makes the state backend {@code rocksdb}. */
public final class EmbeddedRocksDBStateBackendFactory implements StateBackendFactory {

    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedRocksDBStateBackendFactory() {}

    @Override
    public String name() {
        return EmbeddedRocksDBStateBackend.NAME;
    }

    @Override
    public StateBackend create(ReadableConfig config) {
        return new EmbeddedRocksDBStateBackend();
    }
}
