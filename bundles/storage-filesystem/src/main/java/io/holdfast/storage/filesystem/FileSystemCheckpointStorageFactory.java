package io.holdfast.storage.filesystem;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import java.util.List;

/** Makes the checkpoint storage {@code filesystem}. */
public final class FileSystemCheckpointStorageFactory implements CheckpointStorageFactory {
    /** For the service loader. */
    public FileSystemCheckpointStorageFactory() {}

    @Override
    public String name() {
        return FileSystemCheckpointStorage.NAME;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return FileSystemCheckpointStorage.OPTIONS;
    }

    /** {@inheritDoc} STORAGE-5004 if no directory is set, STORAGE-5003 if it cannot be one. */
    @Override
    public CheckpointStorage create(ReadableConfig config) {
        return FileSystemCheckpointStorage.fromConfiguration(config);
    }
}
