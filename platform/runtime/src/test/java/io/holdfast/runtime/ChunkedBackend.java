package io.holdfast.runtime;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.NamedStream;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.testkit.fixture.MemorySnapshots;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * The heap backend with incremental snapshots: a full snapshot, cut where its key groups begin, of
 * which only those pieces are stored that the last completed checkpoint does not have. Each
 * snapshot waits a little for the next one to begin, so that checkpoints overlap if they may.
 */
final class ChunkedBackend implements StateBackend {
    private static final String FORMAT = "chunks/1";
    private static final long PATIENCE_MILLIS = 40;

    private final StateBackend heap = new HashMapStateBackend();
    final AtomicLong incremental = new AtomicLong();
    final AtomicLong stored = new AtomicLong();
    final AtomicLong reused = new AtomicLong();
    final AtomicLong overlapping = new AtomicLong();

    @Override
    public String name() {
        return heap.name();
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return Set.of(SnapshotKind.values());
    }

    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        Map<ByteBuffer, StreamHandle> restored = new HashMap<>();
        List<KeyedSnapshotHandle> whole = new ArrayList<>();
        for (KeyedSnapshotHandle handle : request.restoreFrom()) {
            whole.add(
                    handle instanceof KeyedSnapshotHandle.Incremental pieces
                            ? joined(pieces, request.source(), restored)
                            : handle);
        }
        return new Backend<>(
                heap.open(
                        new KeyedBackendRequest<>(
                                request.owner(),
                                request.keySerializer(),
                                request.keyGroups(),
                                request.maxParallelism(),
                                request.workDirectory(),
                                request.memory(),
                                whole,
                                request.source())),
                restored);
    }

    private static byte[] read(SnapshotSource source, StreamHandle handle) throws IOException {
        try (var input = source.open(handle)) {
            return input.readAllBytes();
        }
    }

    private static KeyedSnapshotHandle joined(
            KeyedSnapshotHandle.Incremental pieces,
            SnapshotSource source,
            Map<ByteBuffer, StreamHandle> restored)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (NamedStream piece : pieces.shared()) {
            byte[] content = read(source, piece.data());
            restored.put(ByteBuffer.wrap(content), piece.data());
            bytes.write(content);
        }
        DataInputStream meta =
                new DataInputStream(new java.io.ByteArrayInputStream(read(source, pieces.meta())));
        String format = meta.readUTF();
        long[] offsets = new long[pieces.keyGroups().size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = meta.readLong();
        }
        return new KeyedSnapshotHandle.ByKeyGroup(
                pieces.keyGroups(), format, offsets, new StreamHandle.Inline(bytes.toByteArray()));
    }

    private final class Backend<K> implements KeyedStateBackend<K> {
        private final KeyedStateBackend<K> target;
        // The rest is guarded by this.
        private final TreeMap<Long, Map<ByteBuffer, StreamHandle>> unconfirmed = new TreeMap<>();
        private Map<ByteBuffer, StreamHandle> confirmed;
        private long newest = Long.MIN_VALUE;

        Backend(KeyedStateBackend<K> target, Map<ByteBuffer, StreamHandle> confirmed) {
            this.target = target;
            this.confirmed = confirmed;
        }

        @Override
        public synchronized RunningSnapshot snapshot(SnapshotRequest request) throws IOException {
            newest = request.checkpointId();
            notifyAll();
            if (request.kind() == SnapshotKind.FULL) {
                confirmed = Map.of();
                unconfirmed.clear();
            }
            if (request.kind() != SnapshotKind.INCREMENTAL) {
                return target.snapshot(request);
            }
            incremental.incrementAndGet();
            MemorySnapshots memory = new MemorySnapshots();
            RunningSnapshot full =
                    target.snapshot(
                            new SnapshotRequest(
                                    request.checkpointId(), SnapshotKind.CANONICAL, memory));
            return new Pieces(request, memory, full, confirmed);
        }

        private synchronized void awaitNext(long id) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            try {
                for (long left = PATIENCE_MILLIS; newest <= id && left > 0; ) {
                    wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (newest > id) {
                overlapping.incrementAndGet();
            }
        }

        private final class Pieces implements RunningSnapshot {
            private final SnapshotRequest request;
            private final MemorySnapshots memory;
            private final RunningSnapshot full;
            private final Map<ByteBuffer, StreamHandle> known;

            Pieces(
                    SnapshotRequest request,
                    MemorySnapshots memory,
                    RunningSnapshot full,
                    Map<ByteBuffer, StreamHandle> known) {
                this.request = request;
                this.memory = memory;
                this.full = full;
                this.known = known;
            }

            @Override
            public KeyedSnapshotHandle write() throws IOException {
                var whole = (KeyedSnapshotHandle.ByKeyGroup) full.write();
                byte[] bytes = memory.bytes(whole.data());
                awaitNext(request.checkpointId());
                Map<ByteBuffer, StreamHandle> mine = new HashMap<>();
                List<NamedStream> shared = new ArrayList<>();
                int begin = 0;
                for (long end :
                        LongStream.concat(
                                        Arrays.stream(whole.offsets()), LongStream.of(bytes.length))
                                .filter(offset -> offset > 0)
                                .sorted()
                                .distinct()
                                .toArray()) {
                    byte[] piece = Arrays.copyOfRange(bytes, begin, (int) end);
                    StreamHandle handle = known.get(ByteBuffer.wrap(piece));
                    (handle == null ? stored : reused).incrementAndGet();
                    if (handle == null) {
                        handle = store(piece, SnapshotScope.SHARED);
                    }
                    mine.put(ByteBuffer.wrap(piece), handle);
                    shared.add(new NamedStream("piece-" + shared.size(), handle));
                    begin = (int) end;
                }
                ByteArrayOutputStream meta = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(meta);
                out.writeUTF(whole.format());
                for (long offset : whole.offsets()) {
                    out.writeLong(offset);
                }
                StreamHandle described = store(meta.toByteArray(), SnapshotScope.EXCLUSIVE);
                synchronized (Backend.this) {
                    unconfirmed.put(request.checkpointId(), mine);
                }
                return new KeyedSnapshotHandle.Incremental(
                        whole.keyGroups(),
                        FORMAT,
                        "backend",
                        request.checkpointId(),
                        described,
                        shared,
                        List.of());
            }

            private StreamHandle store(byte[] bytes, SnapshotScope scope) throws IOException {
                try (SnapshotOutput output = request.sink().create(scope)) {
                    output.write(bytes, 0, bytes.length);
                    return output.finish();
                }
            }

            @Override
            public void close() {
                full.close();
            }
        }

        @Override
        public synchronized void checkpointCompleted(long checkpointId) {
            Map<ByteBuffer, StreamHandle> mine = unconfirmed.get(checkpointId);
            if (mine != null) {
                confirmed = mine;
            }
            unconfirmed.headMap(checkpointId, true).clear();
            target.checkpointCompleted(checkpointId);
        }

        @Override
        public synchronized void checkpointAborted(long checkpointId) {
            unconfirmed.remove(checkpointId);
            target.checkpointAborted(checkpointId);
        }

        @Override
        public void setCurrentKey(K key, int keyGroup) {
            target.setCurrentKey(key, keyGroup);
        }

        @Override
        public K currentKey() {
            return target.currentKey();
        }

        @Override
        public <N, V> Namespaced.Value<N, V> value(
                ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
            return target.value(descriptor, namespace);
        }

        @Override
        public <N, T> Namespaced.ListOf<N, T> list(
                ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
            return target.list(descriptor, namespace);
        }

        @Override
        public <N, U, V> Namespaced.MapOf<N, U, V> map(
                MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
            return target.map(descriptor, namespace);
        }

        @Override
        public <N, T> Namespaced.Reducing<N, T> reducing(
                ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
            return target.reducing(descriptor, namespace);
        }

        @Override
        public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
                AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
            return target.aggregating(descriptor, namespace);
        }

        @Override
        public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
            return target.timers(name, namespace);
        }

        @Override
        public <N> CloseableIterator<K> keys(String state, N namespace) {
            return target.keys(state, namespace);
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
