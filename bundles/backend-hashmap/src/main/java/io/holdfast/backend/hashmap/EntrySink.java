package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.SegmentWriter;
import java.io.IOException;
import java.util.Optional;

/** Takes the entries of a snapshot as bytes. Used by one thread. */
@FunctionalInterface
interface EntrySink {

    /** Takes an entry. */
    void entry(byte[] key, int keyOffset, int keyLength, byte[] value, int offset, int length)
            throws IOException;

    /** Takes the key of an entry that is gone, or the beginning of the keys of several. */
    default void removal(byte[] key, int offset, int length) throws IOException {
        throw new IllegalStateException("this snapshot holds everything");
    }

    /** What comes is entries again. */
    default void endRemovals() throws IOException {}

    /** The segment they go to, which takes numbers and blocks as such, if they go to one. */
    default Optional<SegmentWriter> segment() {
        return Optional.empty();
    }
}
