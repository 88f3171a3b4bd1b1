package io.holdfast.backend.hashmap;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.Intervals;
import io.holdfast.backend.hashmap.table.MapForm;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The working state of one subtask on the heap. Knows the states the job has asked for, and what
 * was restored of those it has not asked for yet.
 *
 * @param <K> type of the keys
 */
final class HashMapKeyedBackend<K> implements KeyedStateBackend<K> {
    private final String owner;
    private final KeyGroupRange keyGroups;
    private final int maxParallelism;
    private final Serializer<K> keySerializer;
    private final CurrentKey<K> keys;
    private final Epochs epochs = new Epochs();
    private final Intervals intervals = new Intervals();
    private final Lineage lineage = new Lineage(intervals);
    private final SnapshotSettings settings;
    private final Map<String, Known<K>> known = new TreeMap<>();
    private final Map<String, List<RestoredState<K>>> unread = new TreeMap<>();
    private final Set<HeapSnapshot<K>> running = ConcurrentHashMap.newKeySet();
    private boolean closed;

    /** A state that the job has asked for, and as it asked. */
    private record Known<K>(StateSchema asked, OwnedState<K> state) {}

    HashMapKeyedBackend(
            String owner,
            KeyGroupRange keyGroups,
            int maxParallelism,
            Serializer<K> keySerializer,
            SnapshotSettings settings,
            Collection<RestoredState<K>> restored) {
        this.owner = owner;
        this.keyGroups = keyGroups;
        this.maxParallelism = maxParallelism;
        this.keySerializer = keySerializer;
        this.settings = settings;
        this.keys = new CurrentKey<>(owner, keyGroups, Bits.ofKeys(keySerializer));
        for (RestoredState<K> each : restored) {
            unread.computeIfAbsent(each.schema().name(), name -> new ArrayList<>()).add(each);
        }
    }

    @Override
    public void setCurrentKey(K key, int keyGroup) {
        keys.set(key, keyGroup);
    }

    @Override
    public K currentKey() {
        return keys.key();
    }

    @Override
    public <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
        Evolution<V> value = new Evolution<>("value", descriptor.serializer(), true);
        return table(
                schema(descriptor, namespace, Optional.empty()),
                namespace,
                new ContentEvolution.Single<>(value),
                parts -> new HeapValue<>(parts, descriptor, value.serializer()));
    }

    @Override
    public <N, T> Namespaced.ListOf<N, T> list(
            ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
        Evolution<T> element = new Evolution<>("element", descriptor.serializer(), true);
        StateSchema schema = schema(descriptor, namespace, Optional.empty());
        Optional<Bits<T>> bits = Bits.of(descriptor.serializer());
        if (bits.isPresent()) {
            return table(
                    schema,
                    namespace,
                    new ContentEvolution.ListedNumbers<>(element, bits.get()),
                    parts -> new HeapNumberList<>(parts, bits.get()));
        }
        return table(
                schema,
                namespace,
                new ContentEvolution.Listed<>(element),
                parts -> new HeapList<>(parts, element.serializer()));
    }

    @Override
    public <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
        Evolution<U> mapKey = new Evolution<>("map key", descriptor.keySerializer(), true);
        Evolution<V> value = new Evolution<>("map value", descriptor.serializer(), true);
        return map(
                schema(descriptor, namespace, Optional.of(descriptor.keySerializer().snapshot())),
                namespace,
                mapKey,
                value,
                MapForm.of(
                        Bits.ofKeys(descriptor.keySerializer()), Bits.of(descriptor.serializer())));
    }

    private <N, U, V, C> Namespaced.MapOf<N, U, V> map(
            StateSchema schema,
            Serializer<N> namespace,
            Evolution<U> mapKey,
            Evolution<V> value,
            MapForm<U, V, C> form) {
        return table(
                schema,
                namespace,
                new ContentEvolution.Mapped<>(mapKey, value, form),
                parts -> new HeapMap<>(parts, value.serializer(), form));
    }

    @Override
    public <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
        Evolution<T> value = new Evolution<>("value", descriptor.serializer(), true);
        return table(
                schema(descriptor, namespace, Optional.empty()),
                namespace,
                new ContentEvolution.Single<>(value),
                parts -> new HeapReducing<>(parts, descriptor.function(), value.serializer()));
    }

    @Override
    public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
        Evolution<A> accumulator = new Evolution<>("accumulator", descriptor.serializer(), true);
        return table(
                schema(descriptor, namespace, Optional.empty()),
                namespace,
                new ContentEvolution.Single<>(accumulator),
                parts ->
                        new HeapAggregating<>(
                                parts, descriptor.function(), accumulator.serializer()));
    }

    private static StateSchema schema(
            StateDescriptor<?, ?> descriptor,
            Serializer<?> namespace,
            Optional<SerializerSnapshot> mapKey) {
        return new StateSchema(
                descriptor.name(),
                Kind.of(descriptor.kind()),
                namespace.snapshot(),
                Optional.of(descriptor.serializer().snapshot()),
                mapKey);
    }

    /** The state asked for: the one that is known, or a new one with what was restored of it. */
    @SuppressWarnings("unchecked") // equal schemas were asked for with the same types
    private <N, C, S extends TableState<K, N, C>> S table(
            StateSchema asked,
            Serializer<N> namespace,
            ContentEvolution<C> content,
            Function<TableState.Parts<K, N, C>, S> maker) {
        Known<K> present = present(asked);
        if (present != null) {
            return (S) present.state();
        }
        Evolution<N> namespaces = new Evolution<>("namespace", namespace, false);
        List<Reading<K, N, C>> readings = new ArrayList<>();
        for (RestoredState<K> part : unread.getOrDefault(asked.name(), List.of())) {
            StateSchema stored = part.schema();
            Function<String, HoldfastException> refusal = reason -> mismatch(stored, asked, reason);
            if (stored.kind() != asked.kind()) {
                throw refusal.apply("");
            }
            readings.add(
                    new Reading<>(
                            part,
                            namespaces.reader(stored.namespace(), refusal),
                            content.reader(stored, refusal)));
        }
        StateSchema schema = content.schema(asked, namespaces.serializer().snapshot());
        S state =
                maker.apply(
                        new TableState.Parts<>(
                                schema,
                                keys,
                                epochs,
                                intervals,
                                namespaces.serializer(),
                                content.codec()));
        RestoredEntries<K> entries = restoredEntries();
        for (Reading<K, N, C> each : readings) {
            entries.into(state, each.part(), each.namespace(), each.content());
        }
        unread.remove(asked.name());
        known.put(asked.name(), new Known<>(asked, state));
        return state;
    }

    /** Who reads a part of what was restored. */
    private record Reading<K, N, C>(
            RestoredState<K> part, Serializer<N> namespace, ContentCodec<C> content) {}

    @Override
    @SuppressWarnings("unchecked") // equal schemas were asked for with the same types
    public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
        StateSchema asked =
                new StateSchema(
                        name,
                        Kind.TIMERS,
                        namespace.snapshot(),
                        Optional.empty(),
                        Optional.empty());
        Known<K> present = present(asked);
        if (present != null) {
            return (TimerQueue<K, N>) present.state();
        }
        Evolution<N> namespaces = new Evolution<>("namespace", namespace, false);
        List<Serializer<N>> readers = new ArrayList<>();
        List<RestoredState<K>> stored = unread.getOrDefault(name, List.of());
        for (RestoredState<K> part : stored) {
            Function<String, HoldfastException> refusal =
                    reason -> mismatch(part.schema(), asked, reason);
            if (part.schema().kind() != Kind.TIMERS) {
                throw refusal.apply("");
            }
            readers.add(namespaces.reader(part.schema().namespace(), refusal));
        }
        StateSchema schema =
                new StateSchema(
                        name,
                        Kind.TIMERS,
                        namespaces.serializer().snapshot(),
                        Optional.empty(),
                        Optional.empty());
        HeapTimers<K, N> timers =
                new HeapTimers<>(
                        schema, keys, maxParallelism, epochs, intervals, namespaces.serializer());
        RestoredEntries<K> entries = restoredEntries();
        for (int i = 0; i < stored.size(); i++) {
            entries.into(timers, stored.get(i), readers.get(i));
        }
        unread.remove(name);
        known.put(name, new Known<>(asked, timers));
        return timers;
    }

    private RestoredEntries<K> restoredEntries() {
        return new RestoredEntries<>(owner, keyGroups, maxParallelism, keySerializer, settings);
    }

    private Known<K> present(StateSchema asked) {
        if (closed) {
            throw Refusals.closed(owner);
        }
        Known<K> present = known.get(asked.name());
        if (present != null && !present.asked().equals(asked)) {
            throw mismatch(present.asked(), asked, "");
        }
        return present;
    }

    private HoldfastException mismatch(StateSchema present, StateSchema wanted, String reason) {
        return Refusals.mismatch(
                owner,
                "State '" + wanted.name() + "'",
                Schemas.types(present),
                Schemas.types(wanted),
                reason);
    }

    @Override
    public <N> CloseableIterator<K> keys(String state, N namespace) {
        return table(state).keys(namespace);
    }

    /** The table that was asked for by a name. */
    @SuppressWarnings("unchecked") // all tables have keys of type K
    private TableState<K, ?, ?> table(String state) {
        Known<K> present = known.get(state);
        if (present == null || !(present.state() instanceof TableState<?, ?, ?>)) {
            throw Refusals.unknownState(owner, state, known.keySet());
        }
        return (TableState<K, ?, ?>) present.state();
    }

    @Override
    public RunningSnapshot snapshot(SnapshotRequest request) {
        if (closed) {
            throw Refusals.closed(owner);
        }
        List<FrozenState<K>> states = new ArrayList<>();
        known.values().forEach(each -> states.add(each.state().freeze()));
        unread.values().forEach(states::addAll);
        int epoch = epochs.hold();
        HeapSnapshot<K> snapshot =
                new HeapSnapshot<>(
                        new HeapSnapshot.Content<>(
                                owner,
                                keyGroups,
                                maxParallelism,
                                keySerializer.duplicate(),
                                states),
                        form(request),
                        request,
                        ended -> {
                            epochs.release(epoch);
                            running.remove(ended);
                        });
        running.add(snapshot);
        return snapshot;
    }

    @Override
    @SuppressWarnings("unchecked") // the engine knows what the state's values are
    public <T> boolean expire(String state, Expiry<T> expiry) {
        table(state).expire((Expiry<Object>) expiry);
        return true;
    }

    @Override
    public boolean sweep(String state, int entries) {
        return table(state).sweep(entries);
    }

    private HeapSnapshot.Form<K> form(SnapshotRequest request) {
        long id = request.checkpointId();
        return switch (request.kind()) {
            case CANONICAL -> new CanonicalForm<>(settings.compressed());
            case FULL ->
                    new NativeForm<>(settings, lineage, lineage.whole(id), SnapshotScope.EXCLUSIVE);
            case INCREMENTAL ->
                    new NativeForm<>(
                            settings, lineage, lineage.increment(id), SnapshotScope.SHARED);
        };
    }

    @Override
    public void checkpointCompleted(long checkpointId) {
        lineage.completed(checkpointId);
    }

    @Override
    public void checkpointAborted(long checkpointId) {
        lineage.aborted(checkpointId);
    }

    /** Stops the snapshots that still run; they keep what they read until they have left. */
    @Override
    public void close() {
        closed = true;
        keys.close();
        running.forEach(HeapSnapshot::close);
        known.values().forEach(each -> each.state().release());
        known.clear();
        unread.clear();
    }
}
