package io.holdfast.backend.rocksdb;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.StateBackendContracts;

class EmbeddedRocksDBStateBackendTest extends StateBackendContracts {
    @Override
    protected StateBackend backend() {
        return new EmbeddedRocksDBStateBackend();
    }

    /** Few: each opens and closes dozens of databases. */
    @Override
    protected int modelSequences() {
        return 12;
    }
}
