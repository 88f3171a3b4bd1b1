package io.holdfast.backend.rocksdb;

import io.holdfast.api.config.ReadableConfig;
import org.osgi.annotation.versioning.ConsumerType;

/** An options factory that reads options of its own. */
@ConsumerType
public interface ConfigurableRocksDBOptionsFactory extends RocksDBOptionsFactory {

    /**
     * Reads what is configured. Called before any other method, also for a factory that was set in
     * code.
     *
     * @param configuration what the backend is configured with
     * @return the factory to use, usually this one
     */
    RocksDBOptionsFactory configure(ReadableConfig configuration);
}
