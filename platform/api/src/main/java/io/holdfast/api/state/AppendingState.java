package io.holdfast.api.state;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * State that values are added to.
 *
 * @param <I> type of what is added
 * @param <O> type of what is read
 */
@ConsumerType
public interface AppendingState<I, O> extends State {

    /**
     * Reads the content.
     *
     * @return what was made of the values added under the current key; if there are none, null, or
     *     an empty iterable for lists
     */
    O get();

    /**
     * Adds a value.
     *
     * @param value the value, not null (STATE-3018)
     */
    void add(I value);
}
