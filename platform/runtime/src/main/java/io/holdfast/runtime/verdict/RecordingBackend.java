package io.holdfast.runtime.verdict;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Notes what it is asked for, and gives it from an empty backend. */
final class RecordingBackend<K> implements KeyedStateBackend<K> {
    private final KeyedStateBackend<K> empty;
    private final Map<String, AskedState> asked = new LinkedHashMap<>();

    RecordingBackend(KeyedStateBackend<K> empty) {
        this.empty = empty;
    }

    List<AskedState> asked() {
        return List.copyOf(asked.values());
    }

    private void note(
            StateDescriptor<?, ?> descriptor,
            Serializer<?> namespace,
            Optional<Serializer<?>> mapKey,
            Consumer<KeyedStates<?>> again) {
        asked.putIfAbsent(
                descriptor.name(),
                new AskedState(
                        descriptor.name(),
                        Kind.of(descriptor.kind()),
                        namespace,
                        Optional.of(descriptor.serializer()),
                        mapKey,
                        again));
    }

    @Override
    public <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
        note(
                descriptor,
                namespace,
                Optional.empty(),
                states -> states.value(descriptor, namespace));
        return empty.value(descriptor, namespace);
    }

    @Override
    public <N, T> Namespaced.ListOf<N, T> list(
            ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
        note(descriptor, namespace, Optional.empty(), states -> states.list(descriptor, namespace));
        return empty.list(descriptor, namespace);
    }

    @Override
    public <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
        note(
                descriptor,
                namespace,
                Optional.of(descriptor.keySerializer()),
                states -> states.map(descriptor, namespace));
        return empty.map(descriptor, namespace);
    }

    @Override
    public <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
        note(
                descriptor,
                namespace,
                Optional.empty(),
                states -> states.reducing(descriptor, namespace));
        return empty.reducing(descriptor, namespace);
    }

    @Override
    public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
        note(
                descriptor,
                namespace,
                Optional.empty(),
                states -> states.aggregating(descriptor, namespace));
        return empty.aggregating(descriptor, namespace);
    }

    @Override
    public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
        asked.putIfAbsent(
                name,
                new AskedState(
                        name,
                        Kind.TIMERS,
                        namespace,
                        Optional.empty(),
                        Optional.empty(),
                        states -> states.timers(name, namespace)));
        return empty.timers(name, namespace);
    }

    @Override
    public <N> CloseableIterator<K> keys(String state, N namespace) {
        return empty.keys(state, namespace);
    }

    @Override
    public void setCurrentKey(K key, int keyGroup) {
        empty.setCurrentKey(key, keyGroup);
    }

    @Override
    public K currentKey() {
        return empty.currentKey();
    }

    @Override
    public RunningSnapshot snapshot(SnapshotRequest request) throws IOException {
        return empty.snapshot(request);
    }

    @Override
    public void close() throws IOException {
        empty.close();
    }
}
