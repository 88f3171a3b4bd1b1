package io.holdfast.storage.filesystem;

import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.CheckpointFailureContract;

/** The contract over the file system of another module, with every stream in a file. */
class ForeignFilesCheckpointFailureTest extends CheckpointFailureContract {
    @Override
    protected CheckpointStorage storage() {
        return new FileSystemCheckpointStorage(scratch(), 0, 100);
    }
}
