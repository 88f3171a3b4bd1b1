package io.holdfast.api.state;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A list per key, in the order of adding. As operator state, a list per subtask whose elements are
 * dealt out anew when the parallelism changes. No element is null; an empty list is the same as
 * none.
 *
 * @param <T> type of the elements
 */
@ConsumerType
public interface ListState<T> extends AppendingState<T, Iterable<T>> {

    /**
     * Replaces the list.
     *
     * @param values the new elements; empty removes the list
     */
    void update(List<T> values);

    /**
     * Adds elements at the end.
     *
     * @param values the elements, may be empty
     */
    void addAll(List<T> values);
}
