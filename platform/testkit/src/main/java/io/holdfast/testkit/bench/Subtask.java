package io.holdfast.testkit.bench;

import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An open backend that knows its key groups, so that tests speak of keys only. Used by one thread,
 * as the backend is.
 *
 * @param <K> type of the keys
 */
public final class Subtask<K> implements AutoCloseable {
    private final KeyedStateBackend<K> backend;
    private final KeyGroupRange keyGroups;
    private final int maxParallelism;

    Subtask(KeyedStateBackend<K> backend, KeyGroupRange keyGroups, int maxParallelism) {
        this.backend = backend;
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
    }

    /**
     * The backend.
     *
     * @return the backend
     */
    public KeyedStateBackend<K> backend() {
        return backend;
    }

    /**
     * What the backend owns.
     *
     * @return the key groups
     */
    public KeyGroupRange keyGroups() {
        return keyGroups;
    }

    /**
     * Tells whether the backend owns a key's group.
     *
     * @param key a key
     * @return true if so
     */
    public boolean owns(K key) {
        return keyGroups.contains(KeyGroupRange.keyGroup(key, maxParallelism));
    }

    /**
     * Makes a key the current one.
     *
     * @param key the key
     */
    public void use(K key) {
        backend.setCurrentKey(key, KeyGroupRange.keyGroup(key, maxParallelism));
    }

    /**
     * A user's value state.
     *
     * @param descriptor describes it
     * @param <V> type of the value
     * @return the state
     */
    public <V> ValueState<V> value(ValueStateDescriptor<V> descriptor) {
        return inVoid(backend.value(descriptor, VoidNamespace.SERIALIZER));
    }

    /**
     * A user's list state.
     *
     * @param descriptor describes it
     * @param <T> type of the elements
     * @return the state
     */
    public <T> ListState<T> list(ListStateDescriptor<T> descriptor) {
        return inVoid(backend.list(descriptor, VoidNamespace.SERIALIZER));
    }

    /**
     * A user's map state.
     *
     * @param descriptor describes it
     * @param <U> type of the map keys
     * @param <V> type of the values
     * @return the state
     */
    public <U, V> MapState<U, V> map(MapStateDescriptor<U, V> descriptor) {
        return inVoid(backend.map(descriptor, VoidNamespace.SERIALIZER));
    }

    /**
     * A user's reducing state.
     *
     * @param descriptor describes it
     * @param <T> type of the values
     * @return the state
     */
    public <T> ReducingState<T> reducing(ReducingStateDescriptor<T> descriptor) {
        return inVoid(backend.reducing(descriptor, VoidNamespace.SERIALIZER));
    }

    /**
     * A user's aggregating state.
     *
     * @param descriptor describes it
     * @param <I> type of what is added
     * @param <A> type of the accumulator
     * @param <O> type of the result
     * @return the state
     */
    public <I, A, O> AggregatingState<I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor) {
        return inVoid(backend.aggregating(descriptor, VoidNamespace.SERIALIZER));
    }

    private static <S extends Namespaced<VoidNamespace>> S inVoid(S state) {
        state.setCurrentNamespace(VoidNamespace.INSTANCE);
        return state;
    }

    /**
     * The keys of a state, collected.
     *
     * @param state its name
     * @param namespace the namespace
     * @param <N> type of the namespace
     * @return the keys, in the order they came
     */
    public <N> List<K> keys(String state, N namespace) {
        List<K> keys = new ArrayList<>();
        try (CloseableIterator<K> iterator = backend.keys(state, namespace)) {
            iterator.forEachRemaining(keys::add);
        }
        return keys;
    }

    @Override
    public void close() {
        try {
            backend.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "subtask with key groups " + keyGroups + " of " + maxParallelism;
    }
}
