package io.holdfast.backend.hashmap;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.StateBackendContracts;

class HashMapStateBackendTest extends StateBackendContracts {
    @Override
    protected StateBackend backend() {
        return new HashMapStateBackend();
    }
}
