package io.holdfast.storage.jobmanager;

import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.SavepointContract;

/** The contract with metadata in a directory. */
class DirectorySavepointTest extends SavepointContract {
    @Override
    protected CheckpointStorage storage() {
        return new JobManagerCheckpointStorage(scratch().toString());
    }
}
