package io.holdfast.spi.state;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Timers of the owned key groups in the order of time. A timer is a time, a key and a namespace,
 * and is in the queue at most once. Timers of the same time come in any order.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
@ConsumerType
public interface TimerQueue<K, N> {

    /**
     * A timer.
     *
     * @param time when, in milliseconds; what clock is up to the user
     * @param key whose
     * @param namespace for what
     * @param <K> type of the key
     * @param <N> type of the namespace
     */
    record Timer<K, N>(long time, K key, N namespace) {}

    /**
     * Adds a timer of the backend's current key.
     *
     * @param time when
     * @param namespace for what
     * @return true if it was not there yet
     */
    boolean add(long time, N namespace);

    /**
     * Removes a timer of the backend's current key.
     *
     * @param time when
     * @param namespace for what
     * @return true if it was there
     */
    boolean remove(long time, N namespace);

    /**
     * Tells whether there is no timer.
     *
     * @return true if so
     */
    boolean isEmpty();

    /**
     * Time of the earliest timer.
     *
     * @return the time, or {@link Long#MAX_VALUE} if there is none
     */
    long nextTime();

    /**
     * Takes the earliest timer out.
     *
     * @return the timer, or null if there is none
     */
    Timer<K, N> poll();
}
