package io.holdfast.testkit.ordered;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.StateBackendContracts;

/** The toolkit's backend over ordered bytes keeps every promise. */
class OrderedBackendTest extends StateBackendContracts {
    @Override
    protected StateBackend backend() {
        return new TreeBackend();
    }
}
