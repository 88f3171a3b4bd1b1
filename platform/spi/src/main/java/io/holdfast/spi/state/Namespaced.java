package io.holdfast.spi.state;

import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ValueState;
import java.util.Collection;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * State whose entries are told apart by key and namespace; a window is a namespace. Users' states
 * live in the one namespace {@link VoidNamespace}.
 *
 * @param <N> type of the namespaces
 */
@ConsumerType
public interface Namespaced<N> {

    /**
     * Chooses the namespace that the state means from now on.
     *
     * @param namespace the namespace, not null; not changed by the caller afterwards
     */
    void setCurrentNamespace(N namespace);

    /**
     * State whose entries in several namespaces can become one, as windows that merge need it.
     *
     * @param <N> type of the namespaces
     */
    @ConsumerType
    interface Mergeable<N> extends Namespaced<N> {

        /**
         * Moves the content of {@code sources}, under the current key, into {@code target}, after
         * what is there. The current namespace is undefined afterwards.
         *
         * @param target gets everything
         * @param sources lose everything; without {@code target}
         */
        void mergeNamespaces(N target, Collection<N> sources);
    }

    /**
     * A value state.
     *
     * @param <N> type of the namespaces
     * @param <V> type of the value
     */
    @ConsumerType
    interface Value<N, V> extends Namespaced<N>, ValueState<V> {}

    /**
     * A list state.
     *
     * @param <N> type of the namespaces
     * @param <T> type of the elements
     */
    @ConsumerType
    interface ListOf<N, T> extends Mergeable<N>, ListState<T> {}

    /**
     * A map state.
     *
     * @param <N> type of the namespaces
     * @param <U> type of the map keys
     * @param <V> type of the values
     */
    @ConsumerType
    interface MapOf<N, U, V> extends Namespaced<N>, MapState<U, V> {}

    /**
     * A reducing state.
     *
     * @param <N> type of the namespaces
     * @param <T> type of the values
     */
    @ConsumerType
    interface Reducing<N, T> extends Mergeable<N>, ReducingState<T> {}

    /**
     * An aggregating state.
     *
     * @param <N> type of the namespaces
     * @param <I> type of what is added
     * @param <O> type of the result
     */
    @ConsumerType
    interface Aggregating<N, I, O> extends Mergeable<N>, AggregatingState<I, O> {}
}
