package io.holdfast.testkit.reference;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.StateBackendContracts;

/** The simplest backend keeps all promises: so no contract asks for more than the SPI says. */
class ReferenceStateBackendTest extends StateBackendContracts {
    @Override
    protected StateBackend backend() {
        return new ReferenceStateBackend();
    }
}
