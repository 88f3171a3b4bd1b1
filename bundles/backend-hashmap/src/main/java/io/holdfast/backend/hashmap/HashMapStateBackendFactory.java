package io.holdfast.backend.hashmap;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;

/** Makes {@link HashMapStateBackend}s. There is nothing to configure. */
public final class HashMapStateBackendFactory implements StateBackendFactory {

    /** For {@link java.util.ServiceLoader}. */
    public HashMapStateBackendFactory() {}

    @Override
    public String name() {
        return HashMapStateBackend.NAME;
    }

    @Override
    public StateBackend create(ReadableConfig config) {
        return new HashMapStateBackend();
    }
}
