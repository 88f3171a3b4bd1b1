package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.toolkit.keys.CompositeKeys;

/**
 * The current key, as an object and as bytes. The bytes are written when they are first needed and
 * stay for all accesses under the key; the namespace behind them stays for all accesses of one
 * state in a row.
 *
 * @param <K> type of the keys
 */
final class CurrentKey<K> {
    private final CompositeKeys<K> bytes;
    private final int groupLength;
    private K key;
    private int keyGroup;
    private int keyEnd = -1;
    private Object holder;
    private int entryEnd;

    CurrentKey(Serializer<K> serializer, int maxParallelism) {
        this.bytes = new CompositeKeys<>(serializer, maxParallelism);
        this.groupLength = CompositeKeys.groupLength(maxParallelism);
    }

    void choose(K next, int group) {
        key = next;
        keyGroup = group;
        keyEnd = -1;
        holder = null;
    }

    /** The key, or null before the first. */
    K key() {
        return key;
    }

    int keyGroup() {
        return keyGroup;
    }

    int groupLength() {
        return groupLength;
    }

    CompositeKeys<K> codec() {
        return bytes;
    }

    /**
     * Writes group and key.
     *
     * @return where they end in {@link #array()}
     */
    int locateKey() {
        if (keyEnd < 0) {
            bytes.begin(keyGroup, key);
            keyEnd = bytes.length();
        }
        return keyEnd;
    }

    /**
     * Writes group, key and namespace.
     *
     * @param state who asks; it says {@link #forget} when its namespace changes
     * @return where they end in {@link #array()}
     */
    <N> int locate(Object state, N namespace, Serializer<N> serializer) {
        if (holder == state) {
            bytes.truncate(entryEnd);
            return entryEnd;
        }
        holder = null;
        locateKey();
        bytes.namespace(namespace, serializer);
        entryEnd = bytes.length();
        holder = state;
        return entryEnd;
    }

    /** Writes a map key behind what {@link #locate} wrote. Returns where it ends. */
    <U> int append(U mapKey, Serializer<U> serializer) {
        bytes.mapKey(mapKey, serializer);
        return bytes.length();
    }

    void forget(Object state) {
        if (holder == state) {
            holder = null;
        }
    }

    /** Holds what was written at its beginning; valid until the next writing. */
    byte[] array() {
        return bytes.array();
    }
}
