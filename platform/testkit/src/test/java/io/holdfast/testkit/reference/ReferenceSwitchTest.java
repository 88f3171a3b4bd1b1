package io.holdfast.testkit.reference;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.SwitchContract;

/** State moves from the reference backend to itself. */
class ReferenceSwitchTest extends SwitchContract {
    @Override
    protected StateBackend firstBackend() {
        return new ReferenceStateBackend();
    }

    @Override
    protected StateBackend secondBackend() {
        return new ReferenceStateBackend();
    }
}
