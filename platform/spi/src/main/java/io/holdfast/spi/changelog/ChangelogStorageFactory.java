package io.holdfast.spi.changelog;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.filesystem.FileSystems;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes changelog storages of one kind. Found by {@link java.util.ServiceLoader}; called from any
 * thread; keeps no state.
 */
@ConsumerType
public interface ChangelogStorageFactory {

    /**
     * The name in configuration.
     *
     * @return lower-case words joined by dashes, such as {@code filesystem}
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
     * Makes a storage for one job.
     *
     * @param config the effective configuration
     * @param jobId names the job
     * @param fileSystems the file systems of the host
     * @return the storage; the caller closes it
     * @throws io.holdfast.api.error.HoldfastException if the configuration is not usable
     */
    ChangelogStorage create(ReadableConfig config, String jobId, FileSystems fileSystems);
}
