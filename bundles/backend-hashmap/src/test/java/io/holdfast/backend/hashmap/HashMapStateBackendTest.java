package io.holdfast.backend.hashmap;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.StateBackendContracts;

class HashMapStateBackendTest extends StateBackendContracts {
    @Override
    protected StateBackend backend() {
        return new HashMapStateBackend();
    }

    /** Many: one takes a few milliseconds. -Dtest.sequences=100000 is the long run. */
    @Override
    protected int modelSequences() {
        return 1_000;
    }
}
