package org.example.state;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;

/** How a host finds the backend: by the name that stands in a job's configuration. */
public final class TreeStateBackendFactory implements StateBackendFactory {

    @Override
    public String name() {
        return "tree";
    }

    @Override
    public StateBackend create(ReadableConfig config) {
        return new TreeStateBackend();
    }
}
