package io.holdfast.backend.rocksdb;

import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend.PriorityQueueStateType;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.state.StateBackendContracts;

/** The contracts with as much as possible set otherwise: timers on the heap, nothing shared. */
class TunedBackendContractsTest extends StateBackendContracts {
    @Override
    protected StateBackend backend() {
        EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend();
        backend.setPriorityQueueStateType(PriorityQueueStateType.HEAP);
        backend.setPredefinedOptions(PredefinedOptions.SPINNING_DISK_OPTIMIZED_HIGH_MEM);
        backend.setRocksDBOptions(new MyOptionsFactory());
        backend.setWriteBatchSize(512);
        backend.getMemoryConfiguration().setUseManagedMemory(false);
        return backend;
    }
}
