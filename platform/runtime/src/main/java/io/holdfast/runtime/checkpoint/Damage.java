package io.holdfast.runtime.checkpoint;

import java.net.URI;
import java.util.Objects;

/**
 * A file that is not what a checkpoint's metadata say.
 *
 * @param file the file
 * @param expected what the metadata say
 * @param found what is there
 */
public record Damage(URI file, String expected, String found) {
    /** Refuses null. */
    public Damage {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(found, "found");
    }

    @Override
    public String toString() {
        return file + ": expected " + expected + ", found " + found;
    }
}
