package io.holdfast.legacy;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import java.util.List;

/** Makes {@link MemoryStateBackend}s. */
public final class MemoryStateBackendFactory implements StateBackendFactory {

    /** For {@link java.util.ServiceLoader}. */
    public MemoryStateBackendFactory() {}

    @Override
    public String name() {
        return MemoryStateBackend.NAME;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return LegacyOptions.MEMORY;
    }

    @Override
    public StateBackend create(ReadableConfig config) {
        return new MemoryStateBackend().configure(config);
    }
}
