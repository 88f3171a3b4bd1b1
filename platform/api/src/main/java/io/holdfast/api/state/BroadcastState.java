package io.holdfast.api.state;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The same map in every subtask, as it is seen while broadcast records are processed. Every subtask
 * must make the same changes.
 *
 * @param <K> type of the map keys
 * @param <V> type of the values
 */
@ConsumerType
public interface BroadcastState<K, V> extends ReadOnlyBroadcastState<K, V> {

    /**
     * Stores one entry.
     *
     * @param key the map key, not null
     * @param value its value, not null
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
     * @param key the map key
     */
    void remove(K key);

    /**
     * All entries.
     *
     * @return entries that can be changed and removed
     */
    Iterable<Map.Entry<K, V>> entries();
}
