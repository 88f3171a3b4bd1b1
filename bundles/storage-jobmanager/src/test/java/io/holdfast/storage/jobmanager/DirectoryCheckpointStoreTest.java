package io.holdfast.storage.jobmanager;

import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.CheckpointStoreContract;

/** The contract with metadata in a directory. */
class DirectoryCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    protected CheckpointStorage storage() {
        return new JobManagerCheckpointStorage(scratch().toString());
    }
}
