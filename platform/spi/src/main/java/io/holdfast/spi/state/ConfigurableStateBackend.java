package io.holdfast.spi.state;

import io.holdfast.api.config.ReadableConfig;
import org.osgi.annotation.versioning.ConsumerType;

/** A backend set in code that takes from the configuration what its code left open. */
@ConsumerType
public interface ConfigurableStateBackend extends StateBackend {

    /**
     * Fills what is not set.
     *
     * @param config the effective configuration of the job
     * @return a backend in which values set in code win over {@code config}; this object is not
     *     changed
     * @throws io.holdfast.api.error.HoldfastException if a value taken from the configuration is
     *     not usable
     */
    StateBackend configure(ReadableConfig config);
}
