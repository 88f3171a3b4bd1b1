package io.holdfast.backend.hashmap;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import java.util.List;

/** Makes {@link HashMapStateBackend}s. */
public final class HashMapStateBackendFactory implements StateBackendFactory {

    /** For {@link java.util.ServiceLoader}. */
    public HashMapStateBackendFactory() {}

    @Override
    public String name() {
        return HashMapStateBackend.NAME;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of(HashMapOptions.SNAPSHOT_THREADS, CheckpointingOptions.SNAPSHOT_COMPRESSION);
    }

    @Override
    public StateBackend create(ReadableConfig config) {
        return new HashMapStateBackend(config);
    }
}
