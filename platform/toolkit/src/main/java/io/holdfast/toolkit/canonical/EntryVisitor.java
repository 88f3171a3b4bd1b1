package io.holdfast.toolkit.canonical;

import java.io.IOException;

/** Takes the entries of a canonical snapshot. */
@FunctionalInterface
public interface EntryVisitor {

    /**
     * Takes an entry. The arrays are used again for the next one.
     *
     * @param state number of the state in {@link CanonicalReader#schemas()}
     * @param keyGroup the key group
     * @param key holds the composite key
     * @param keyOffset where it begins
     * @param keyLength its length
     * @param value holds the value
     * @param valueOffset where it begins
     * @param valueLength its length
     * @throws IOException if the entry cannot be taken
     */
    void entry(
            int state,
            int keyGroup,
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength)
            throws IOException;
}
