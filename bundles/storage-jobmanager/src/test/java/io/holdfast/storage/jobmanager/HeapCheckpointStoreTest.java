package io.holdfast.storage.jobmanager;

import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.CheckpointStoreContract;

/** The contract in memory: the same storage object is the same place. */
class HeapCheckpointStoreTest extends CheckpointStoreContract {
    private final CheckpointStorage storage = new JobManagerCheckpointStorage();

    @Override
    protected CheckpointStorage storage() {
        return storage;
    }
}
