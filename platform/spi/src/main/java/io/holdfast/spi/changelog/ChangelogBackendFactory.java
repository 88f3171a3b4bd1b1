package io.holdfast.spi.changelog;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.state.StateBackend;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes a backend that logs every change and leaves the working state to another one. Found by
 * {@link java.util.ServiceLoader}.
 */
@ConsumerType
public interface ChangelogBackendFactory {

    /**
     * Options that {@link #wrap} reads.
     *
     * @return the options; none by default
     */
    default List<ConfigOption<?>> options() {
        return List.of();
    }

    /**
     * Wraps a backend.
     *
     * @param working holds the working state
     * @param changes takes the changes; the caller closes it
     * @param config the effective configuration
     * @return the backend to use in place of {@code working}
     */
    StateBackend wrap(StateBackend working, ChangelogStorage changes, ReadableConfig config);
}
