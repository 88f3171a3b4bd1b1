package io.holdfast.backend.hashmap.format;

/**
 * Some entries of one state in one key group, or keys of entries that are gone. Immutable.
 *
 * @param bytes the raw payload, from the first byte to the last
 * @param count number of entries or removals
 * @param isRemovals whether it names what is gone
 * @param isWhole whether it is part of all entries of its group rather than of later changes
 * @param keyLength length of every key; 0 if keys and values bring their lengths
 * @param valueLength length of every value, if there is one of the keys
 */
public record Block(
        byte[] bytes,
        int count,
        boolean isRemovals,
        boolean isWhole,
        int keyLength,
        int valueLength) {

    /** Tells whether all keys have one length and all values, too. */
    public boolean isFixed() {
        return keyLength > 0;
    }
}
