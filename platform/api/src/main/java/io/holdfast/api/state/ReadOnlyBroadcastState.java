package io.holdfast.api.state;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The same map in every subtask, as it is seen while records of the other input are processed.
 *
 * @param <K> type of the map keys
 * @param <V> type of the values
 */
@ConsumerType
public interface ReadOnlyBroadcastState<K, V> extends State {

    /**
     * Reads one entry.
     *
     * @param key the map key
     * @return its value, or null
     */
    V get(K key);

    /**
     * Tells whether an entry exists.
     *
     * @param key the map key
     * @return true if so
     */
    boolean contains(K key);

    /**
     * All entries.
     *
     * @return an unmodifiable view
     */
    Iterable<Map.Entry<K, V>> immutableEntries();
}
