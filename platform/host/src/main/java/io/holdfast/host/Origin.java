package io.holdfast.host;

import java.util.Objects;

/**
 * Where a provider comes from.
 *
 * @param world the kind of source that found it, such as {@code class path}
 * @param location a jar, a directory or a module
 * @param version the version its jar states, or an empty string
 * @param digest SHA-256 of the jar in hexadecimal digits; empty if nobody computed it
 */
public record Origin(String world, String location, String version, String digest) {
    private static final int SHOWN_DIGITS = 12;

    /** Refuses null. */
    public Origin {
        Objects.requireNonNull(world, "world");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(digest, "digest");
    }

    /**
     * An origin whose digest nobody computed.
     *
     * @param world the kind of source that found it
     * @param location a jar, a directory or a module
     * @param version the version its jar states, or an empty string
     */
    public Origin(String world, String location, String version) {
        this(world, location, version, "");
    }

    /** Such as {@code class path; /opt/app/lib/backend.jar, version 1.2.0}. */
    @Override
    public String toString() {
        return world
                + "; "
                + location
                + (version.isEmpty() ? "" : ", version " + version)
                + (digest.isEmpty()
                        ? ""
                        : ", sha256 "
                                + digest.substring(0, Math.min(SHOWN_DIGITS, digest.length())));
    }
}
