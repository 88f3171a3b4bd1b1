package io.holdfast.spi.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The states of one keyed backend, by name.
 *
 * <p>Asking twice for a name gives the same state; the kinds and serializers must agree. The first
 * time after a restore, a state is compared with what was restored under its name: its entries are
 * taken over, migrated or refused (STATE-3007, which says both sides). What was restored and is
 * never asked for stays, byte for byte, in every later snapshot.
 *
 * @param <K> type of the keys
 */
@ConsumerType
public interface KeyedStates<K> {

    /**
     * A value state.
     *
     * @param descriptor names it
     * @param namespace serializer of the namespaces
     * @param <N> type of the namespaces
     * @param <V> type of the value
     * @return the state; no namespace is chosen yet
     */
    <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace);

    /**
     * A list state.
     *
     * @param descriptor names it
     * @param namespace serializer of the namespaces
     * @param <N> type of the namespaces
     * @param <T> type of the elements
     * @return the state; no namespace is chosen yet
     */
    <N, T> Namespaced.ListOf<N, T> list(ListStateDescriptor<T> descriptor, Serializer<N> namespace);

    /**
     * A map state.
     *
     * @param descriptor names it
     * @param namespace serializer of the namespaces
     * @param <N> type of the namespaces
     * @param <U> type of the map keys
     * @param <V> type of the values
     * @return the state; no namespace is chosen yet
     */
    <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace);

    /**
     * A reducing state.
     *
     * @param descriptor names it
     * @param namespace serializer of the namespaces
     * @param <N> type of the namespaces
     * @param <T> type of the values
     * @return the state; no namespace is chosen yet
     */
    <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace);

    /**
     * An aggregating state.
     *
     * @param descriptor names it
     * @param namespace serializer of the namespaces
     * @param <N> type of the namespaces
     * @param <I> type of what is added
     * @param <A> type of the accumulator
     * @param <O> type of the result
     * @return the state; no namespace is chosen yet
     */
    <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace);

    /**
     * A queue of timers. Its name must differ from those of the states.
     *
     * @param name names it
     * @param namespace serializer of the namespaces
     * @param <N> type of the namespaces
     * @return the queue
     */
    <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace);

    /**
     * The keys that have an entry in a state. An entry all of whose values have expired is one
     * until it is read or cleaned up.
     *
     * @param state name of a state that was asked for before
     * @param namespace the namespace to look in
     * @param <N> type of the namespaces
     * @return each key once, in no order; entries must not be added to or removed from that state
     *     while it is open, except under the key returned last; the caller closes it
     */
    <N> CloseableIterator<K> keys(String state, N namespace);
}
