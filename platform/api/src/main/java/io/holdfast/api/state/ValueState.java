package io.holdfast.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One value per key.
 *
 * @param <T> type of the value
 */
@ConsumerType
public interface ValueState<T> extends State {

    /**
     * Reads the value.
     *
     * @return the value of the current key; where none is stored, the descriptor's default, which
     *     is null unless set
     */
    T value();

    /**
     * Stores a value.
     *
     * @param value the new value of the current key; null removes it
     */
    void update(T value);
}
