package io.holdfast.legacy;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.TimerQueue;
import java.io.IOException;
import java.util.Set;

/**
 * A backend whose snapshots are written at once, by the task's thread: the job waits for them.
 *
 * @param working holds the state
 */
record SynchronousSnapshots(StateBackend working) implements StateBackend {

    @Override
    public String name() {
        return working.name();
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return working.snapshotKinds();
    }

    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        return new Keyed<>(working.open(request));
    }

    /** A snapshot that was written before anybody asked. */
    private record Written(RunningSnapshot snapshot, KeyedSnapshotHandle handle)
            implements RunningSnapshot {

        static Written of(RunningSnapshot snapshot) throws IOException {
            try {
                return new Written(snapshot, snapshot.write());
            } catch (IOException | RuntimeException e) {
                snapshot.close();
                throw e;
            }
        }

        @Override
        public KeyedSnapshotHandle write() {
            return handle;
        }

        @Override
        public void close() {
            snapshot.close();
        }
    }

    /**
     * States and timers are the working backend's own.
     *
     * @param backend the working backend
     * @param <K> type of the keys
     */
    private record Keyed<K>(KeyedStateBackend<K> backend) implements KeyedStateBackend<K> {

        @Override
        public RunningSnapshot snapshot(SnapshotRequest request) throws IOException {
            return Written.of(backend.snapshot(request));
        }

        @Override
        public void setCurrentKey(K key, int keyGroup) {
            backend.setCurrentKey(key, keyGroup);
        }

        @Override
        public K currentKey() {
            return backend.currentKey();
        }

        @Override
        public <N, V> Namespaced.Value<N, V> value(
                ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
            return backend.value(descriptor, namespace);
        }

        @Override
        public <N, T> Namespaced.ListOf<N, T> list(
                ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
            return backend.list(descriptor, namespace);
        }

        @Override
        public <N, U, V> Namespaced.MapOf<N, U, V> map(
                MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
            return backend.map(descriptor, namespace);
        }

        @Override
        public <N, T> Namespaced.Reducing<N, T> reducing(
                ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
            return backend.reducing(descriptor, namespace);
        }

        @Override
        public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
                AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
            return backend.aggregating(descriptor, namespace);
        }

        @Override
        public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
            return backend.timers(name, namespace);
        }

        @Override
        public <N> CloseableIterator<K> keys(String state, N namespace) {
            return backend.keys(state, namespace);
        }

        @Override
        public void checkpointCompleted(long checkpointId) {
            backend.checkpointCompleted(checkpointId);
        }

        @Override
        public void checkpointAborted(long checkpointId) {
            backend.checkpointAborted(checkpointId);
        }

        @Override
        public void close() throws IOException {
            backend.close();
        }
    }
}
