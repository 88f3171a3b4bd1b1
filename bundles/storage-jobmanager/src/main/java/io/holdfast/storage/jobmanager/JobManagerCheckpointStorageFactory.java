package io.holdfast.storage.jobmanager;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStorageFactory;
import java.util.List;

/** Makes the checkpoint storage {@code jobmanager}. */
public final class JobManagerCheckpointStorageFactory implements CheckpointStorageFactory {
    /** For the service loader. */
    public JobManagerCheckpointStorageFactory() {}

    @Override
    public String name() {
        return JobManagerCheckpointStorage.NAME;
    }

    @Override
    public List<ConfigOption<?>> options() {
        return JobManagerCheckpointStorage.OPTIONS;
    }

    /** {@inheritDoc} STORAGE-5003 if the directory that is set cannot be one. */
    @Override
    public CheckpointStorage create(ReadableConfig config) {
        return new JobManagerCheckpointStorage().configure(config);
    }
}
