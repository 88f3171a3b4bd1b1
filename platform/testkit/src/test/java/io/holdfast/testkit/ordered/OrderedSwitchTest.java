package io.holdfast.testkit.ordered;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.reference.ReferenceStateBackend;
import io.holdfast.testkit.state.SwitchContract;

/** State moves between the toolkit's backend over ordered bytes and another one. */
class OrderedSwitchTest extends SwitchContract {
    @Override
    protected StateBackend firstBackend() {
        return new TreeBackend();
    }

    @Override
    protected StateBackend secondBackend() {
        return new ReferenceStateBackend();
    }
}
