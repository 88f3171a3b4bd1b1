package io.holdfast.spi.changelog;

import java.util.Objects;

/**
 * One change of state.
 *
 * @param keyGroup the group whose entry changed, or -1 for a change of the backend as a whole, such
 *     as a new state
 * @param bytes what changed, in the form of the changelog backend; not copied
 */
public record Change(int keyGroup, byte[] bytes) {
    /** Refuses null. */
    public Change {
        Objects.requireNonNull(bytes, "bytes");
    }
}
