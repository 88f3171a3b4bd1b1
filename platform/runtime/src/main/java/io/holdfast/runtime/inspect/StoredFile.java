package io.holdfast.runtime.inspect;

import io.holdfast.spi.snapshot.StreamHandle;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that a checkpoint refers to.
 *
 * @param stream what the metadata say of it
 * @param damage what is wrong with it, in one clause; empty if nothing is, as far as it was looked
 *     at
 */
public record StoredFile(StreamHandle.InFile stream, Optional<String> damage) {
    /** Refuses null. */
    public StoredFile {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(damage, "damage");
    }
}
