package io.holdfast.runtime.handover;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keyed state of one subtask, in a backend that can be exchanged between two records: who holds
 * a state of it goes on with the same object. Used like any keyed backend.
 *
 * @param <K> type of the keys
 */
public final class SwitchableBackend<K> implements KeyedStateBackend<K> {
    private static final Logger LOG = LoggerFactory.getLogger(SwitchableBackend.class);
    private static final long LEAVING_SECONDS = 20;

    private final Map<String, Rebound<K, ?>> states = new LinkedHashMap<>();
    private KeyedStateBackend<K> current;
    private int keyGroup;
    private long firstCheckpoint = Long.MIN_VALUE;
    private CompletableFuture<Void> leaving = CompletableFuture.completedFuture(null);

    /**
     * Begins with a backend.
     *
     * @param first closed with this one, or when it is exchanged
     */
    public SwitchableBackend(KeyedStateBackend<K> first) {
        current = first;
    }

    /** The backend of now. */
    KeyedStateBackend<K> current() {
        return current;
    }

    /** What the job has asked for, by name. */
    Map<String, Rebound<K, ?>> states() {
        return states;
    }

    /**
     * Goes on with another backend.
     *
     * @param successor holds the same entries
     * @param its the states in it, by name
     * @param cut since when; what was told of earlier checkpoints is no business of it
     * @param gone completes when the backend of before is closed
     */
    void exchange(
            KeyedStateBackend<K> successor,
            Map<String, Object> its,
            long cut,
            CompletableFuture<Void> gone) {
        K key = current.currentKey();
        current = successor;
        firstCheckpoint = cut;
        leaving = CompletableFuture.allOf(leaving, gone);
        states.forEach((name, state) -> state.bind(its.get(name)));
        if (key != null) {
            successor.setCurrentKey(key, keyGroup);
        }
    }

    /** Chooses key and namespaces again that the job chose last. */
    void restorePlace(K key) {
        if (key != null) {
            current.setCurrentKey(key, keyGroup);
        }
        states.values().forEach(Rebound::restorePlace);
    }

    @Override
    public void setCurrentKey(K key, int group) {
        current.setCurrentKey(key, group);
        keyGroup = group;
    }

    @Override
    public K currentKey() {
        return current.currentKey();
    }

    /** Asks the backend each time, which refuses what does not agree with an earlier request. */
    @SuppressWarnings("unchecked") // the backend has accepted it: the types agree
    private <S, R extends Rebound<K, S>> R bound(
            String name,
            Rebound.Opener<K, S> opener,
            BiFunction<Rebound.Opener<K, S>, S, R> maker) {
        S state = opener.open(current);
        return (R) states.computeIfAbsent(name, unknown -> maker.apply(opener, state));
    }

    @Override
    public <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
        return this.<Namespaced.Value<N, V>, Rebound.Value<K, N, V>>bound(
                descriptor.name(),
                backend -> backend.value(descriptor, namespace),
                (opener, state) -> new Rebound.Value<>(opener, state, namespace, descriptor));
    }

    @Override
    public <N, T> Namespaced.ListOf<N, T> list(
            ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return this.<Namespaced.ListOf<N, T>, Rebound.ListOf<K, N, T>>bound(
                descriptor.name(),
                backend -> backend.list(descriptor, namespace),
                (opener, state) -> new Rebound.ListOf<>(opener, state, namespace, descriptor));
    }

    @Override
    public <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
        return this.<Namespaced.MapOf<N, U, V>, Rebound.MapOf<K, N, U, V>>bound(
                descriptor.name(),
                backend -> backend.map(descriptor, namespace),
                (opener, state) -> new Rebound.MapOf<>(opener, state, namespace, descriptor));
    }

    @Override
    public <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return this.<Namespaced.Reducing<N, T>, Rebound.Reducing<K, N, T>>bound(
                descriptor.name(),
                backend -> backend.reducing(descriptor, namespace),
                (opener, state) -> new Rebound.Reducing<>(opener, state, namespace, descriptor));
    }

    @Override
    public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
        return this.<Namespaced.Aggregating<N, I, O>, Rebound.Aggregating<K, N, I, A, O>>bound(
                descriptor.name(),
                backend -> backend.aggregating(descriptor, namespace),
                (opener, state) -> new Rebound.Aggregating<>(opener, state, namespace, descriptor));
    }

    @Override
    public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
        return this.<TimerQueue<K, N>, Rebound.Timers<K, N>>bound(
                name, backend -> backend.timers(name, namespace), Rebound.Timers::new);
    }

    @Override
    public <N> CloseableIterator<K> keys(String state, N namespace) {
        return current.keys(state, namespace);
    }

    /** {@inheritDoc} A successor may drop them, though this backend does not. */
    @Override
    public <T> boolean expire(String state, Expiry<T> expiry) {
        states.get(state).expire(current, state, expiry);
        return true;
    }

    @Override
    public boolean sweep(String state, int entries) {
        return current.sweep(state, entries);
    }

    @Override
    public RunningSnapshot snapshot(SnapshotRequest request) throws IOException {
        return current.snapshot(request);
    }

    @Override
    public boolean prepareLocalFiles() {
        return current.prepareLocalFiles();
    }

    @Override
    public Optional<KeyedSnapshotHandle.LocalFiles> localFiles(Path directory) throws IOException {
        return current.localFiles(directory);
    }

    @Override
    public void checkpointCompleted(long checkpointId) {
        if (checkpointId > firstCheckpoint) {
            current.checkpointCompleted(checkpointId);
        }
    }

    @Override
    public void checkpointAborted(long checkpointId) {
        if (checkpointId > firstCheckpoint) {
            current.checkpointAborted(checkpointId);
        }
    }

    /** Closes the backend of now, after those before. */
    @Override
    public void close() throws IOException {
        try {
            leaving.get(LEAVING_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("A backend that was exchanged is not closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        current.close();
    }
}
