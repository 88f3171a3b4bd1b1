package io.holdfast.spi.storage;

import io.holdfast.api.config.ReadableConfig;
import org.osgi.annotation.versioning.ConsumerType;

/** A storage set in code that takes from the configuration what its code left open. */
@ConsumerType
public interface ConfigurableCheckpointStorage extends CheckpointStorage {

    /**
     * Fills what is not set.
     *
     * @param config the effective configuration of the job
     * @return a storage in which values set in code win over {@code config}; this object is not
     *     changed
     * @throws io.holdfast.api.error.HoldfastException if a value taken from the configuration is
     *     not usable
     */
    CheckpointStorage configure(ReadableConfig config);
}
