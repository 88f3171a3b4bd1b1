package io.holdfast.host;

import java.util.Objects;

/**
 * Where a provider comes from.
 *
 * @param world the kind of source that found it, such as {@code class path}
 * @param location a jar, a directory or a module
 * @param version the version its jar states, or an empty string
 */
public record Origin(String world, String location, String version) {
    /** Refuses null. */
    public Origin {
        Objects.requireNonNull(world, "world");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(version, "version");
    }

    /** Such as {@code class path; /opt/app/lib/backend.jar, version 1.2.0}. */
    @Override
    public String toString() {
        return world + "; " + location + (version.isEmpty() ? "" : ", version " + version);
    }
}
