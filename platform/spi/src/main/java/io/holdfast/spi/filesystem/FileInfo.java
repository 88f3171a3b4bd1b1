package io.holdfast.spi.filesystem;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * A file or directory as it was found.
 *
 * @param path absolute URI
 * @param directory true for a directory
 * @param length bytes of a file, 0 for a directory
 * @param modified last change, as precise as the storage tells
 */
public record FileInfo(URI path, boolean directory, long length, Instant modified) {
    /** Refuses null. */
    public FileInfo {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(modified, "modified");
    }

    /**
     * Last part of the path.
     *
     * @return the name, without slashes
     */
    public String name() {
        String text = path.getPath();
        int end = text.endsWith("/") ? text.length() - 1 : text.length();
        return text.substring(text.lastIndexOf('/', end - 1) + 1, end);
    }
}
