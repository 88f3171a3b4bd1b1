package io.holdfast.spi.storage;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A published checkpoint or savepoint.
 *
 * @param pointer what {@link CheckpointStore#resolve} takes to find it again
 * @param directory the directory of its metadata, or empty if it has none
 * @param metadata its metadata; not copied, not to be changed
 */
public record StoredCheckpoint(String pointer, Optional<URI> directory, byte[] metadata) {
    /** Refuses null. */
    public StoredCheckpoint {
        Objects.requireNonNull(pointer, "pointer");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(metadata, "metadata");
    }

    /** Two stored checkpoints are equal if they lie at the same place. */
    @Override
    public boolean equals(Object other) {
        return other instanceof StoredCheckpoint that && pointer.equals(that.pointer);
    }

    @Override
    public int hashCode() {
        return pointer.hashCode();
    }

    @Override
    public String toString() {
        return pointer;
    }
}
