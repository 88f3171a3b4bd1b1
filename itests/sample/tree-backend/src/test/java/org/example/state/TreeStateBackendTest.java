package org.example.state;

import io.holdfast.api.config.Configuration;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.StateBackendContracts;

/** The backend keeps every promise of a state backend. */
class TreeStateBackendTest extends StateBackendContracts {

    @Override
    protected StateBackend backend() {
        return new TreeStateBackendFactory().create(new Configuration());
    }
}
