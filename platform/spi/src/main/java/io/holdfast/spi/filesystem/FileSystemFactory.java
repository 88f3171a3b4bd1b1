package io.holdfast.spi.filesystem;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes file systems for some URI schemes. Found by {@link java.util.ServiceLoader}; called from
 * any thread; keeps no state.
 */
@ConsumerType
public interface FileSystemFactory {

    /**
     * The schemes served.
     *
     * @return lower-case URI schemes such as {@code file}, at least one
     */
    Set<String> schemes();

    /**
     * Options that {@link #create} reads.
     *
     * @return the options; none by default
     */
    default List<ConfigOption<?>> options() {
        return List.of();
    }

    /**
     * Makes a file system.
     *
     * @param config the effective configuration
     * @return a file system; the host closes it
     * @throws io.holdfast.api.error.HoldfastException if the configuration is not usable
     */
    FileSystem create(ReadableConfig config);
}
