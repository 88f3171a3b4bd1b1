package io.holdfast.storage.jobmanager;

import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.CheckpointFailureContract;

/** The contract with metadata in a directory. */
class DirectoryCheckpointFailureTest extends CheckpointFailureContract {
    @Override
    protected CheckpointStorage storage() {
        return new JobManagerCheckpointStorage(scratch().toString());
    }
}
