package io.holdfast.spi.state;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes state backends of one kind. Found by {@link java.util.ServiceLoader}, so it has a public
 * constructor without parameters; called from any thread; keeps no state.
 */
@ConsumerType
public interface StateBackendFactory {

    /**
     * The name in configuration.
     *
     * @return lower-case words joined by dashes, unique among installed backends, such as {@code
     *     hashmap}
     */
    String name();

    /**
     * Options that {@link #create} reads. Other keys under their prefixes are reported as unknown.
     *
     * @return the options; none by default
     */
    default List<ConfigOption<?>> options() {
        return List.of();
    }

    /**
     * Makes a backend.
     *
     * @param config the effective configuration
     * @return a backend
     * @throws io.holdfast.api.error.HoldfastException if the configuration is not usable
     */
    StateBackend create(ReadableConfig config);
}
