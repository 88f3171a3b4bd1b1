package io.holdfast.legacy;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import java.util.List;

/** Makes {@link FsStateBackend}s. */
public final class FsStateBackendFactory implements StateBackendFactory {

    /** For {@link java.util.ServiceLoader}. */
    public FsStateBackendFactory() {}

    @Override
    public String name() {
        return FsStateBackend.NAME;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return LegacyOptions.FILES;
    }

    /** {@inheritDoc} STORAGE-5004 if no checkpoint directory is set. */
    @Override
    public StateBackend create(ReadableConfig config) {
        return new FsStateBackend(LegacyOptions.storage(config)).configure(config);
    }
}
