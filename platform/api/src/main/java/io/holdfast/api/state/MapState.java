package io.holdfast.api.state;

import java.util.Iterator;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A map per key. Values may be null, map keys may not: none is stored under null (STATE-3018), and
 * nothing is found there. The order of iteration is the backend's own.
 *
 * <p>Iterators remove through {@link Iterator#remove()} and entries write through {@link
 * Map.Entry#setValue}; changing the map in any other way while iterating gives a {@link
 * java.util.ConcurrentModificationException} or iterates over an arbitrary mixture.
 *
 * @param <K> type of the map keys
 * @param <V> type of the values
 */
@ConsumerType
public interface MapState<K, V> extends State {

    /**
     * Reads one entry.
     *
     * @param key the map key
     * @return its value, or null if there is none
     */
    V get(K key);

    /**
     * Stores one entry.
     *
     * @param key the map key
     * @param value its value, may be null
     */
    void put(K key, V value);

    /**
     * Stores several entries.
     *
     * @param entries the entries
     */
    void putAll(Map<K, V> entries);

    /**
     * Removes one entry.
     *
     * @param key the map key; nothing happens if it is absent
     */
    void remove(K key);

    /**
     * Tells whether an entry exists.
     *
     * @param key the map key
     * @return true if it is present, even with a null value
     */
    boolean contains(K key);

    /**
     * All entries of the current key.
     *
     * @return entries, read while iterating
     */
    Iterable<Map.Entry<K, V>> entries();

    /**
     * All map keys of the current key.
     *
     * @return map keys, read while iterating
     */
    Iterable<K> keys();

    /**
     * All values of the current key.
     *
     * @return values, read while iterating
     */
    Iterable<V> values();

    /**
     * All entries of the current key.
     *
     * @return an iterator over {@link #entries()}
     */
    Iterator<Map.Entry<K, V>> iterator();

    /**
     * Tells whether the current key has no entry.
     *
     * @return true if so
     */
    boolean isEmpty();
}
