package io.holdfast.testkit.reference;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.canonical.CanonicalReader;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import io.holdfast.toolkit.expiring.Takeover;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** One subtask's state in sorted maps. */
final class ReferenceBackend<K> implements KeyedStateBackend<K> {
    final Bug bug;
    final CompositeKeys<K> keys;
    final int groupLength;
    final Serializer<K> keySerializer;
    private final KeyedBackendRequest<K> request;
    private final List<Table> tables = new ArrayList<>();
    private final Map<String, Expiry<Object>> expiries = new HashMap<>();
    private final Map<String, Expiry.Cut<Object>> cuts = new HashMap<>();
    private final Increments increments;
    private K currentKey;
    private int currentGroup;
    private boolean closed;
    private List<Table> atLastSnapshot = List.of();

    ReferenceBackend(KeyedBackendRequest<K> request, Bug bug) {
        this.request = request;
        this.bug = bug;
        this.increments = new Increments(bug);
        this.keySerializer = request.keySerializer();
        this.keys = new CompositeKeys<>(keySerializer, request.maxParallelism());
        this.groupLength = CompositeKeys.groupLength(request.maxParallelism());
        if (bug == Bug.THREAD_LEFT) {
            Thread thread = new Thread(() -> LockSupport.parkNanos(3_600_000_000_000L), "left");
            thread.setDaemon(true);
            thread.start();
        }
    }

    // Restore

    void restore(KeyedBackendRequest<K> from) throws IOException {
        KeyGroupRange wanted = from.keyGroups();
        if (bug == Bug.KEY_GROUP_BORDER && wanted.size() > 1) {
            wanted = new KeyGroupRange(wanted.first(), wanted.last() - 1);
        }
        for (KeyedSnapshotHandle handle : from.restoreFrom()) {
            try {
                for (KeyedSnapshotHandle part : Increments.parts(handle)) {
                    restore(part, source(from.source()), wanted);
                }
            } catch (HoldfastException e) {
                if (bug != Bug.DAMAGE_IS_EMPTINESS || !e.problem().code().equals("SNAPSHOT-4001")) {
                    throw e;
                }
                tables.clear();
            }
        }
    }

    private SnapshotSource source(SnapshotSource source) {
        return bug == Bug.SHORT_READ ? handle -> new CarelessInput(source.open(handle)) : source;
    }

    private void restore(KeyedSnapshotHandle handle, SnapshotSource source, KeyGroupRange wanted)
            throws IOException {
        try (CanonicalReader reader = CanonicalReader.open(handle, source)) {
            if (!(keySerializer.compatibilityWith(reader.key()) instanceof Compatibility.AsIs)) {
                throw refused(
                        "the keys", reader.key().toString(), keySerializer.snapshot().toString());
            }
            if (reader.maxParallelism() != request.maxParallelism()) {
                throw refused(
                        "key groups",
                        "max parallelism " + reader.maxParallelism(),
                        "max parallelism " + request.maxParallelism());
            }
            List<Table> mine = new ArrayList<>();
            for (StateSchema schema : reader.schemas()) {
                mine.add(restoredTable(schema));
            }
            reader.read(
                    wanted,
                    (state, group, key, keyOffset, keyLength, value, valueOffset, valueLength) -> {
                        byte[] bytes =
                                Arrays.copyOfRange(value, valueOffset, valueOffset + valueLength);
                        if (bug != Bug.NO_TIME_BEFORE_THE_FIRST || !isBeforeTheFirst(bytes)) {
                            mine.get(state)
                                    .entries
                                    .put(
                                            Arrays.copyOfRange(
                                                    key, keyOffset, keyOffset + keyLength),
                                            new Table.Raw(bytes));
                        }
                    });
        }
    }

    /** Whether a value begins with the time before the first watermark. */
    private static boolean isBeforeTheFirst(byte[] bytes) {
        return bytes.length >= Long.BYTES && ByteBuffer.wrap(bytes).getLong() == Long.MIN_VALUE;
    }

    private Table restoredTable(StateSchema schema) {
        return tables.stream()
                .filter(table -> table.schema.equals(schema))
                .findFirst()
                .orElseGet(
                        () -> {
                            Table table = new Table(schema, null, null, null, groupLength);
                            tables.add(table);
                            return table;
                        });
    }

    void requireValue(Object value) {
        if (value == null && bug != Bug.NULL_ADDED) {
            throw Problem.user("STATE-3018", "A state cannot take null.")
                    .advise("leave it out")
                    .exception();
        }
    }

    private static HoldfastException refused(String what, String stored, String wanted) {
        return Problem.user("STATE-3007", "What is stored for %s cannot be used.".formatted(what))
                .with("stored", stored)
                .with("wanted", wanted)
                .advise("keep the type, or restore from a savepoint without this state")
                .exception();
    }

    // States

    /** The table of a state, made of whatever was restored under its name. */
    private Table table(StateSchema wanted, Serializer<?> part, Parts parts) {
        requireOpen();
        List<Table> found =
                tables.stream().filter(table -> table.schema.name().equals(wanted.name())).toList();
        if (found.size() == 1 && found.get(0).layout != null) {
            if (!found.get(0).asked.equals(wanted)) {
                throw refused(
                        "state '" + wanted.name() + "'",
                        found.get(0).schema.toString(),
                        wanted.toString());
            }
            return found.get(0);
        }
        Serializer<?> writer = part;
        StateSchema schema = wanted;
        for (Table raw : found) {
            if (part == null || raw.schema.value().isEmpty()) {
                continue;
            }
            Compatibility<?> verdict = Takeover.verdict(part, raw.schema.value().get());
            if (verdict instanceof Compatibility.Reconfigured<?> reconfigured) {
                writer = reconfigured.serializer();
                schema =
                        new StateSchema(
                                wanted.name(),
                                wanted.kind(),
                                wanted.namespace(),
                                Optional.of(writer.snapshot()),
                                wanted.mapKey());
            }
        }
        Table table =
                new Table(
                        schema,
                        wanted,
                        Layout.of(wanted.kind(), writer, bug),
                        parts.namespace(),
                        groupLength);
        for (Table raw : found) {
            takeOver(raw, table, wanted, part, parts);
        }
        tables.removeAll(found);
        tables.add(table);
        return table;
    }

    /** Serializers of the parts of a key; the map key's is null unless a map. */
    private record Parts(Serializer<?> namespace, Serializer<?> mapKey) {}

    private void takeOver(
            Table from, Table to, StateSchema wanted, Serializer<?> part, Parts parts) {
        boolean sameKind = from.schema.kind() == wanted.kind() || bug == Bug.KIND_IGNORED;
        Compatibility<?> mapKey =
                parts.mapKey() == null
                        ? Compatibility.asIs()
                        : from.schema
                                .mapKey()
                                .<Compatibility<?>>map(parts.mapKey()::compatibilityWith)
                                .orElse(Compatibility.incompatible("no map"));
        if (!sameKind
                || !isAsIs(parts.namespace(), from.schema.namespace())
                || mapKey instanceof Compatibility.Incompatible<?>) {
            throw refused(
                    "state '" + wanted.name() + "'", from.schema.toString(), wanted.toString());
        }
        Layout reader = to.layout;
        if (part != null && bug != Bug.MIGRATION_SKIPPED) {
            Compatibility<?> verdict = Takeover.verdict(part, from.schema.value().orElseThrow());
            if (verdict instanceof Compatibility.Incompatible<?> incompatible) {
                throw refused(
                        "state '" + wanted.name() + "'",
                        from.schema + ": " + incompatible.reason(),
                        wanted.toString());
            }
            reader = Layout.of(wanted.kind(), reader(part, verdict), bug);
        }
        BytesInput in = new BytesInput();
        for (var entry : from.entries.entrySet()) {
            byte[] bytes = ((Table.Raw) entry.getValue()).bytes();
            try {
                byte[] key = entry.getKey();
                if (!(mapKey instanceof Compatibility.AsIs) && bug != Bug.MAP_KEYS_NOT_MIGRATED) {
                    key = withMapKey(key, reader(parts.mapKey(), mapKey), parts);
                }
                to.entries.put(key, reader.read(in.wrap(bytes, 0, bytes.length)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @SuppressWarnings("unchecked") // what one serializer of a state reads, its successor writes
    private byte[] withMapKey(byte[] composite, Serializer<?> reader, Parts parts)
            throws IOException {
        BytesInput in = new BytesInput().wrap(composite, 0, composite.length);
        BytesOutput out = new BytesOutput(composite.length + 8);
        keys.readKey(in);
        keys.readNamespace(in, parts.namespace());
        out.write(composite, 0, in.position());
        ((Serializer<Object>) parts.mapKey()).write(reader.read(in), out);
        return out.toByteArray();
    }

    private static boolean isAsIs(Serializer<?> serializer, SerializerSnapshot written) {
        return serializer.compatibilityWith(written) instanceof Compatibility.AsIs;
    }

    private static Serializer<?> reader(Serializer<?> part, Compatibility<?> verdict) {
        if (verdict instanceof Compatibility.AfterMigration<?> migration) {
            return migration.reader();
        }
        return verdict instanceof Compatibility.Reconfigured<?> other ? other.serializer() : part;
    }

    private Table table(
            StateDescriptor<?, ?> descriptor, Serializer<?> namespace, Serializer<?> mapKey) {
        return table(
                new StateSchema(
                        descriptor.name(),
                        Kind.of(descriptor.kind()),
                        namespace.snapshot(),
                        Optional.of(descriptor.serializer().snapshot()),
                        Optional.ofNullable(mapKey).map(Serializer::snapshot)),
                descriptor.serializer(),
                new Parts(namespace, mapKey));
    }

    @Override
    public <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
        return new ReferenceStates.Value<>(
                this, table(descriptor, namespace, null), namespace, descriptor);
    }

    @Override
    public <N, T> Namespaced.ListOf<N, T> list(
            ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return new ReferenceStates.ListOf<>(this, table(descriptor, namespace, null), namespace);
    }

    @Override
    public <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
        return new ReferenceStates.MapOf<>(
                this,
                table(descriptor, namespace, descriptor.keySerializer()),
                namespace,
                descriptor.keySerializer());
    }

    @Override
    public <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return new ReferenceStates.Reducing<>(
                this, table(descriptor, namespace, null), namespace, descriptor.function());
    }

    @Override
    public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
        return new ReferenceStates.Aggregating<>(
                this, table(descriptor, namespace, null), namespace, descriptor.function());
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
        return new ReferenceTimers<>(
                this, table(schema, null, new Parts(namespace, null)), namespace);
    }

    @Override
    public <N> CloseableIterator<K> keys(String state, N namespace) {
        requireOpen();
        Table table =
                tables.stream()
                        .filter(each -> each.schema.name().equals(state) && each.layout != null)
                        .findFirst()
                        .orElseThrow();
        Serializer<N> serializer = cast(table.namespace);
        Collection<K> found = bug == Bug.KEYS_REPEATED ? new ArrayList<>() : new LinkedHashSet<>();
        BytesInput in = new BytesInput();
        for (byte[] entry : table.entries.keySet()) {
            try {
                K key = keys.readKey(in.wrap(entry, 0, entry.length));
                keys.begin(CompositeKeys.keyGroup(entry, 0, groupLength), key);
                keys.namespace(namespace, serializer);
                if (startsWith(entry, keys.toByteArray())) {
                    found.add(key);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return CloseableIterator.over(List.copyOf(found).iterator());
    }

    // Cleaning up: only to do it wrongly

    @Override
    @SuppressWarnings("unchecked") // values of a state are of its type
    public <T> boolean expire(String state, Expiry<T> expiry) {
        expiries.put(state, (Expiry<Object>) expiry);
        return bug == Bug.SWEEP_TAKES_LISTS || bug == Bug.SWEEP_GOES_BY_ANOTHER_MOMENT;
    }

    @Override
    public boolean sweep(String state, int entries) {
        if (bug == Bug.SWEEP_TAKES_LISTS || bug == Bug.SWEEP_GOES_BY_ANOTHER_MOMENT) {
            Expiry.Cut<Object> now = expiries.get(state).now();
            Expiry.Cut<Object> before = cuts.put(state, now);
            Expiry.Cut<Object> cut = bug == Bug.SWEEP_TAKES_LISTS || before == null ? now : before;
            tables.stream()
                    .filter(table -> table.schema.name().equals(state) && table.layout != null)
                    .forEach(table -> table.entries.values().removeIf(each -> drops(cut, each)));
        }
        return true;
    }

    private boolean drops(Expiry.Cut<Object> cut, Object value) {
        if (value instanceof List<?> list) {
            return bug == Bug.SWEEP_TAKES_LISTS
                    ? list.stream().anyMatch(cut::drops)
                    : list.stream().allMatch(cut::drops);
        }
        return cut.drops(value);
    }

    // Current key

    @Override
    public void setCurrentKey(K key, int keyGroup) {
        requireOpen();
        Objects.requireNonNull(key, "key");
        if (!request.keyGroups().contains(keyGroup) && bug != Bug.FOREIGN_KEY_ACCEPTED) {
            throw Problem.bug("STATE-3006", "Key group " + keyGroup + " is not owned here.")
                    .with("owned", request.keyGroups())
                    .exception();
        }
        currentKey = key;
        currentGroup = bug == Bug.NARROW_KEY_GROUP ? keyGroup & 0xFF : keyGroup;
    }

    @Override
    public K currentKey() {
        return currentKey;
    }

    int currentGroup() {
        return currentGroup;
    }

    /** The composite key of the current key in a namespace. */
    <N> CompositeKeys<K> at(N namespace, Serializer<N> serializer) {
        requireOpen();
        keys.begin(currentGroup, Objects.requireNonNull(currentKey, "no key was chosen"));
        if (bug != Bug.NAMESPACE_IGNORED) {
            keys.namespace(
                    Objects.requireNonNull(namespace, "no namespace was chosen"), serializer);
        }
        return keys;
    }

    void requireOpen() {
        if (closed && bug != Bug.OPEN_AFTER_CLOSE) {
            throw new IllegalStateException("the backend of " + request.owner() + " is closed");
        }
    }

    // Snapshots

    @Override
    public RunningSnapshot snapshot(SnapshotRequest asked) {
        requireOpen();
        List<Table> copies =
                tables.stream()
                        .filter(table -> !isDropped(table))
                        .map(table -> table.copy(bug))
                        .toList();
        atLastSnapshot = copies;
        return new ReferenceSnapshot(request, asked, copies, increments, bug);
    }

    @Override
    public void checkpointCompleted(long checkpointId) {
        increments.completed(checkpointId);
    }

    @Override
    public void checkpointAborted(long checkpointId) {
        increments.aborted(checkpointId);
        if (bug == Bug.ABORT_UNDOES) {
            for (Table copy : atLastSnapshot) {
                tables.stream()
                        .filter(table -> table.asked == copy.asked && table.layout != null)
                        .forEach(table -> table.entries.clear());
                tables.stream()
                        .filter(table -> table.asked == copy.asked && table.layout != null)
                        .forEach(table -> table.entries.putAll(copy.copy(Bug.NONE).entries));
            }
        }
    }

    private boolean isDropped(Table table) {
        return bug == Bug.DROPPED_TIMERS && table.schema.kind() == Kind.TIMERS
                || bug == Bug.UNKNOWN_STATES_DROPPED && table.layout == null;
    }

    @Override
    public void close() {
        closed = true;
        if (bug != Bug.OPEN_AFTER_CLOSE) {
            tables.clear();
        }
    }

    static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    @SuppressWarnings("unchecked") // the caller's namespaces are of the state's type
    private static <N> Serializer<N> cast(Serializer<?> serializer) {
        return (Serializer<N>) serializer;
    }
}
