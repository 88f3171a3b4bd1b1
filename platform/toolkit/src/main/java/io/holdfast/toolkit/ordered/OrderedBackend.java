package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.canonical.CanonicalReader;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import io.holdfast.toolkit.keys.CompositeKeys;
import io.holdfast.toolkit.ordered.Slot.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The state of one subtask over a store of ordered bytes. Does all that is the same for every such
 * store: the kinds of state, timers, key groups, restoring and rescaling, the evolution of types,
 * and snapshots in the canonical format. Used by one thread, as the SPI says.
 *
 * @param <K> type of the keys
 */
public final class OrderedBackend<K> implements KeyedStateBackend<K> {

    /** The kinds of snapshots it takes, for {@code StateBackend.snapshotKinds()}. */
    public static final Set<SnapshotKind> SNAPSHOT_KINDS =
            Set.of(SnapshotKind.FULL, SnapshotKind.CANONICAL);

    final Refusals refusals;
    final Entries entries;
    final Serializer<K> keySerializer;
    private final KeyedBackendRequest<K> request;
    private final Slots slots;
    private final CompositeKeys<K> keys;
    private final int groupLength;
    private K currentKey;
    private int currentGroup;
    private boolean closed;

    private OrderedBackend(KeyedBackendRequest<K> request, OrderedStore store) {
        this.request = request;
        this.refusals = new Refusals(request.owner());
        this.keySerializer = request.keySerializer();
        this.entries = new Entries(store, request.keyGroups().last());
        this.keys = new CompositeKeys<>(keySerializer, request.maxParallelism());
        this.groupLength = CompositeKeys.groupLength(request.maxParallelism());
        this.slots = new Slots(entries, request.keyGroups().first(), keys, groupLength, refusals);
    }

    /**
     * Opens a backend, and restores what is to be restored.
     *
     * @param request what to open
     * @param store an empty store of this backend alone; belongs to the backend from now on, and is
     *     closed by it, also if it cannot be opened
     * @param <K> type of the keys
     * @return the backend; the caller closes it
     * @throws IOException if a stream fails
     * @throws io.holdfast.api.error.HoldfastException if what is to be restored is damaged, of an
     *     unknown format, or of another key type
     */
    public static <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request, OrderedStore store)
            throws IOException {
        OrderedBackend<K> backend = new OrderedBackend<>(request, store);
        try {
            backend.restore();
        } catch (IOException | RuntimeException e) {
            try {
                backend.close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        return backend;
    }

    // Restoring

    private void restore() throws IOException {
        BitSet covered = new BitSet();
        for (KeyedSnapshotHandle handle : request.restoreFrom()) {
            if (handle.keyGroups().overlaps(request.keyGroups())) {
                restore(handle, covered);
            }
        }
    }

    private void restore(KeyedSnapshotHandle handle, BitSet covered) throws IOException {
        try (CanonicalReader reader = CanonicalReader.open(handle, request.source())) {
            if (reader.maxParallelism() != request.maxParallelism()) {
                throw refusals.otherMaxParallelism(
                        handle, reader.maxParallelism(), request.maxParallelism());
            }
            if (!(keySerializer.compatibilityWith(reader.key()) instanceof Compatibility.AsIs)) {
                throw refusals.mismatch("The key", reader.key(), keySerializer.snapshot(), "");
            }
            cover(handle, covered);
            List<Slot> restored = new ArrayList<>();
            for (StateSchema schema : reader.schemas()) {
                restored.add(slots.restored(schema));
            }
            reader.read(
                    request.keyGroups(),
                    (state, keyGroup, key, keyAt, keyLength, value, valueAt, valueLength) ->
                            entries.store.put(
                                    Entries.key(
                                            keyGroup,
                                            restored.get(state).number,
                                            key,
                                            keyAt + groupLength,
                                            keyLength - groupLength),
                                    java.util.Arrays.copyOfRange(
                                            value, valueAt, valueAt + valueLength)));
        }
    }

    private void cover(KeyedSnapshotHandle handle, BitSet covered) {
        KeyGroupRange owned = request.keyGroups();
        int last = Math.min(owned.last(), handle.keyGroups().last());
        for (int i = Math.max(owned.first(), handle.keyGroups().first()); i <= last; i++) {
            if (covered.get(i)) {
                throw refusals.heldTwice(handle, i);
            }
            covered.set(i);
        }
    }

    // States

    @Override
    public <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
        return state(
                asked(descriptor, namespace, null),
                slot -> new States.Value<>(this, slot, descriptor));
    }

    @Override
    public <N, T> Namespaced.ListOf<N, T> list(
            ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return state(asked(descriptor, namespace, null), slot -> new States.ListOf<>(this, slot));
    }

    @Override
    public <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
        return state(
                asked(descriptor, namespace, descriptor.keySerializer()),
                slot -> new MapStates<>(this, slot));
    }

    @Override
    public <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return state(
                asked(descriptor, namespace, null),
                slot -> new States.Reducing<>(this, slot, descriptor.function()));
    }

    @Override
    public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
        return state(
                asked(descriptor, namespace, null),
                slot -> new States.Aggregating<>(this, slot, descriptor.function()));
    }

    @Override
    public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
        StateSchema schema =
                new StateSchema(
                        name,
                        Kind.TIMERS,
                        namespace.snapshot(),
                        Optional.empty(),
                        Optional.empty());
        return state(
                new Asked(schema, null, namespace, null),
                slot -> new Timers<>(this, slot, request.keyGroups()));
    }

    private static Asked asked(
            StateDescriptor<?, ?> descriptor, Serializer<?> namespace, Serializer<?> mapKey) {
        StateSchema schema =
                new StateSchema(
                        descriptor.name(),
                        Kind.of(descriptor.kind()),
                        namespace.snapshot(),
                        Optional.of(descriptor.serializer().snapshot()),
                        Optional.ofNullable(mapKey).map(Serializer::snapshot));
        return new Asked(schema, descriptor.serializer(), namespace, mapKey);
    }

    @SuppressWarnings("unchecked") // equal schemas have states of one type
    private <S> S state(Asked asked, Function<Slot, S> maker) {
        requireOpen();
        Slot slot = slots.ask(asked);
        if (slot.state == null) {
            slot.state = maker.apply(slot);
        }
        return (S) slot.state;
    }

    @Override
    public <N> CloseableIterator<K> keys(String state, N namespace) {
        requireOpen();
        return new KeyIterator<>(
                this,
                slots.named(state),
                namespace,
                new CompositeKeys<>(keySerializer.duplicate(), request.maxParallelism()),
                request.keyGroups().first(),
                groupLength);
    }

    @Override
    @SuppressWarnings("unchecked") // the engine knows what the state's values are
    public <T> boolean expire(String state, Expiry<T> expiry) {
        requireOpen();
        slots.named(state).expiry = (Expiry<Object>) expiry;
        return true;
    }

    @Override
    public boolean sweep(String state, int count) {
        requireOpen();
        return slots.sweep(slots.named(state), count);
    }

    // The current key

    @Override
    public void setCurrentKey(K key, int keyGroup) {
        requireOpen();
        Objects.requireNonNull(key, "key");
        if (!request.keyGroups().contains(keyGroup)) {
            throw refusals.notOwned(key, keyGroup, request.keyGroups());
        }
        keys.begin(keyGroup, key);
        currentKey = key;
        currentGroup = keyGroup;
    }

    @Override
    public K currentKey() {
        return currentKey;
    }

    int currentGroup() {
        return currentGroup;
    }

    void requireOpen() {
        if (closed) {
            throw refusals.closed();
        }
    }

    void requireKey(String state) {
        requireOpen();
        if (currentKey == null) {
            throw refusals.nothingChosen(state, "key");
        }
    }

    /** The key, in the store, of the current key's entry of a state in a namespace. */
    <N> byte[] entry(Slot slot, N namespace, Serializer<N> serializer) {
        composite(slot, namespace, serializer);
        return entry(slot);
    }

    /** The same with a map key. */
    <N, U> byte[] entry(
            Slot slot, N namespace, Serializer<N> serializer, U mapKey, Serializer<U> mapKeys) {
        composite(slot, namespace, serializer);
        keys.mapKey(mapKey, mapKeys);
        return entry(slot);
    }

    private <N> void composite(Slot slot, N namespace, Serializer<N> serializer) {
        requireKey(slot.schema.name());
        if (namespace == null) {
            throw refusals.nothingChosen(slot.schema.name(), "namespace");
        }
        keys.namespace(namespace, serializer);
    }

    private byte[] entry(Slot slot) {
        return Entries.key(
                currentGroup, slot.number, keys.array(), groupLength, keys.length() - groupLength);
    }

    // Snapshots and end

    @Override
    public RunningSnapshot snapshot(SnapshotRequest asked) throws IOException {
        requireOpen();
        if (!SNAPSHOT_KINDS.contains(asked.kind())) {
            throw refusals.unknownKind(asked.kind());
        }
        return new OrderedSnapshot(
                request, asked, keySerializer.snapshot(), slots.all(), entries.store.snapshot());
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            entries.store.close();
        }
    }
}
