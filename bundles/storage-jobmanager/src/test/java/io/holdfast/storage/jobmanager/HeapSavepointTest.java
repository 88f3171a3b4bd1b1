package io.holdfast.storage.jobmanager;

import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.SavepointContract;

/** Savepoints are files, wherever checkpoints are. */
class HeapSavepointTest extends SavepointContract {
    @Override
    protected CheckpointStorage storage() {
        return new JobManagerCheckpointStorage();
    }
}
