package io.holdfast.spi.filesystem;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/** The file systems a host has, by scheme. Implemented by the host and handed to modules. */
@ProviderType
public interface FileSystems {

    /**
     * Finds the file system of a path.
     *
     * @param path an absolute URI
     * @return the file system of its scheme; the host closes it
     * @throws io.holdfast.api.error.HoldfastException STORAGE-5001 if no module serves the scheme;
     *     the message lists those that are served
     */
    FileSystem forPath(URI path);
}
