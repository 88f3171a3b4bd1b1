package io.holdfast.spi.storage;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes checkpoint storages of one kind. Found by {@link java.util.ServiceLoader}, so it has a
 * public constructor without parameters; called from any thread; keeps no state.
 */
@ConsumerType
public interface CheckpointStorageFactory {

    /**
     * The name in configuration.
     *
     * @return lower-case words joined by dashes, unique among installed storages, such as {@code
     *     filesystem}
     */
    String name();

    /**
     * Options that {@link #create} reads.
     *
     * @return the options; none by default
     */
    default List<ConfigOption<?>> options() {
        return List.of();
    }

    /**
     * Makes a storage.
     *
     * @param config the effective configuration
     * @return a storage
     * @throws io.holdfast.api.error.HoldfastException if the configuration is not usable
     */
    CheckpointStorage create(ReadableConfig config);
}
