package io.holdfast.storage.filesystem;

import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.testkit.storage.CheckpointStoreContract;

/** The contract over the file system of another module, with every stream in a file. */
class ForeignFilesCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    protected CheckpointStorage storage() {
        return new FileSystemCheckpointStorage(scratch(), 0, 100);
    }
}
