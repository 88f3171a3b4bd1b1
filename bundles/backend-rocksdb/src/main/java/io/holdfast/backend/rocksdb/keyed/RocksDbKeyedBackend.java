package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.backend.rocksdb.store.LocalDirectories;
import io.holdfast.backend.rocksdb.store.Place;
import io.holdfast.backend.rocksdb.store.SharedMemory;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.LocalFiles;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.Remainder;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keyed state of one subtask in a database of its own, a column for each state.
 *
 * @param <K> type of the keys
 */
public final class RocksDbKeyedBackend<K> implements KeyedStateBackend<K> {

    // Every write goes to the database at once. A write buffer in front of it would have to be
    // asked
    // at every read, and measured gains are small: what costs is finding the place in RocksDB's
    // memtable, not the way there. Batches are used where many entries are written in a row and
    // nobody reads in between: restoring, migration, putAll, clearing a map, and timers, whose
    // pending changes are known in memory anyway.

    private final String owner;
    private final Serializer<K> keySerializer;
    private final KeyGroupRange keyGroups;
    private final int maxParallelism;
    private final boolean compressed;
    private final Opened opened;
    private final Store store;
    private final Tools<K> tools;
    private final StateDirectory<K> states;
    private final List<RocksDbTimers<K, ?>> timers = new ArrayList<>();
    private final Map<String, Drops<?>> drops = new HashMap<>();
    private final Set<RunningSnapshot> running = ConcurrentHashMap.newKeySet();

    /** A database and what it was made with, to be given back in this order. */
    private record Opened(Store store, Optional<SharedMemory> memory, Optional<Path> ownDirectory)
            implements AutoCloseable {

        static Opened open(
                KeyedBackendRequest<?> request, KeyedSettings settings, Restore<?> restore)
                throws IOException {
            Optional<Path> own =
                    settings.directories().map(directories -> directories.make(request.owner()));
            Place place = new Place(request.owner(), own.orElse(request.workDirectory()));
            Optional<SharedMemory> memory = Optional.empty();
            try {
                memory = settings.memory().share(request.memory());
                Store.Setup setup =
                        new Store.Setup(settings.options(), memory, settings.collectedBytes());
                return new Opened(restore.open(place, setup), memory, own);
            } catch (IOException | RuntimeException e) {
                memory.ifPresent(SharedMemory::close);
                own.ifPresent(LocalDirectories::remove);
                throw e;
            }
        }

        @Override
        public void close() {
            store.close();
            memory.ifPresent(SharedMemory::close);
            ownDirectory.ifPresent(LocalDirectories::remove);
        }
    }

    private RocksDbKeyedBackend(
            KeyedBackendRequest<K> request,
            Opened opened,
            Restore<K> restored,
            Limits limits,
            boolean compressed) {
        this.owner = request.owner();
        this.keySerializer = restored.key();
        this.keyGroups = request.keyGroups();
        this.maxParallelism = request.maxParallelism();
        this.compressed = compressed;
        this.opened = opened;
        this.store = opened.store();
        CurrentKey<K> keys = new CurrentKey<>(keySerializer, maxParallelism);
        this.tools = new Tools<>(owner, store, keys, limits);
        this.states = new StateDirectory<>(owner, store, keys.codec(), restored.states());
    }

    /**
     * Opens a database and restores into it. The library is loaded.
     *
     * @param request what to open
     * @param settings how to open it
     * @param <K> type of the keys
     * @return the backend; the caller closes it
     * @throws IOException if a stream to restore fails
     */
    public static <K> RocksDbKeyedBackend<K> open(
            KeyedBackendRequest<K> request, KeyedSettings settings) throws IOException {
        return open(request, settings, settings.limits());
    }

    static <K> RocksDbKeyedBackend<K> open(
            KeyedBackendRequest<K> request, KeyedSettings settings, Limits limits)
            throws IOException {
        try (Restore<K> restore = Restore.begin(request)) {
            Opened opened = Opened.open(request, settings, restore);
            try {
                return new RocksDbKeyedBackend<>(
                        request, opened, restore, limits, settings.compressed());
            } catch (RuntimeException e) {
                opened.close();
                throw e;
            }
        }
    }

    @Override
    public void setCurrentKey(K key, int keyGroup) {
        store.requireOpen();
        if (!keyGroups.contains(keyGroup)) {
            throw Refusals.notOwned(owner, key, keyGroup, keyGroups);
        }
        tools.keys().choose(key, keyGroup);
    }

    @Override
    public K currentKey() {
        return tools.keys().key();
    }

    @Override
    public <N, V> Namespaced.Value<N, V> value(
            ValueStateDescriptor<V> descriptor, Serializer<N> namespace) {
        return states.get(
                wanted(descriptor, namespace),
                (column, use, isEmpty) ->
                        new RocksDbValue<>(
                                tools,
                                column,
                                use.namespace(),
                                use.value().orElseThrow(),
                                descriptor));
    }

    @Override
    public <N, T> Namespaced.ListOf<N, T> list(
            ListStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return states.get(
                wanted(descriptor, namespace),
                (column, use, isEmpty) ->
                        new RocksDbList<>(
                                tools,
                                use.name(),
                                column,
                                use.namespace(),
                                use.value().orElseThrow()));
    }

    @Override
    public <N, U, V> Namespaced.MapOf<N, U, V> map(
            MapStateDescriptor<U, V> descriptor, Serializer<N> namespace) {
        Wanted<N, V, U> wanted =
                new Wanted<>(
                        descriptor.name(),
                        StateSchema.Kind.MAP,
                        namespace.duplicate(),
                        Optional.of(descriptor.serializer().duplicate()),
                        Optional.of(descriptor.keySerializer().duplicate()));
        return states.get(
                wanted,
                (column, use, isEmpty) ->
                        new RocksDbMap<>(
                                tools,
                                use.name(),
                                column,
                                use.namespace(),
                                use.mapKey().orElseThrow(),
                                use.value().orElseThrow()));
    }

    @Override
    public <N, T> Namespaced.Reducing<N, T> reducing(
            ReducingStateDescriptor<T> descriptor, Serializer<N> namespace) {
        return states.get(
                wanted(descriptor, namespace),
                (column, use, isEmpty) ->
                        new RocksDbReducing<>(
                                tools,
                                column,
                                use.namespace(),
                                use.value().orElseThrow(),
                                descriptor));
    }

    @Override
    public <N, I, A, O> Namespaced.Aggregating<N, I, O> aggregating(
            AggregatingStateDescriptor<I, A, O> descriptor, Serializer<N> namespace) {
        return states.get(
                wanted(descriptor, namespace),
                (column, use, isEmpty) ->
                        new RocksDbAggregating<>(
                                tools,
                                column,
                                use.namespace(),
                                use.value().orElseThrow(),
                                descriptor));
    }

    private static <N, V> Wanted<N, V, Void> wanted(
            StateDescriptor<?, V> descriptor, Serializer<N> namespace) {
        return new Wanted<>(
                descriptor.name(),
                StateSchema.Kind.of(descriptor.kind()),
                namespace.duplicate(),
                Optional.of(descriptor.serializer().duplicate()),
                Optional.empty());
    }

    @Override
    public <N> TimerQueue<K, N> timers(String name, Serializer<N> namespace) {
        Wanted<N, Void, Void> wanted =
                new Wanted<>(
                        name,
                        StateSchema.Kind.TIMERS,
                        namespace.duplicate(),
                        Optional.empty(),
                        Optional.empty());
        return states.get(
                wanted,
                (column, use, isEmpty) -> {
                    RocksDbTimers<K, N> made =
                            new RocksDbTimers<>(tools, column, use, keyGroups, isEmpty);
                    timers.add(made);
                    return made;
                });
    }

    @Override
    @SuppressWarnings("unchecked") // the caller names the type of the state's namespaces
    public <N> CloseableIterator<K> keys(String state, N namespace) {
        if (!(states.state(state) instanceof ColumnState<?, ?> found)) {
            throw Refusals.unknownState(owner, state, states.names());
        }
        KeyCursor.Codec<K, N> codec =
                new KeyCursor.Codec<>(
                        tools.keys().codec(), (Serializer<N>) found.namespaceSerializer());
        return new KeyCursor<>(tools, state, store.scan(found.column()), codec, namespace);
    }

    @Override
    public <T> boolean expire(String state, Expiry<T> expiry) {
        drops.put(
                state,
                states.drops(state, expiry)
                        .orElseThrow(() -> Refusals.unknownState(owner, state, states.names())));
        return true;
    }

    @Override
    public boolean sweep(String state, int entries) {
        Drops<?> found = drops.get(state);
        try {
            return found == null || found.sweep(store, entries);
        } catch (IOException e) {
            throw Refusals.unreadable(owner, state, e);
        }
    }

    @Override
    public RunningSnapshot snapshot(SnapshotRequest request) {
        if (request.kind() != SnapshotKind.FULL && request.kind() != SnapshotKind.CANONICAL) {
            throw Refusals.unknownKind(owner, request.kind());
        }
        timers.forEach(RocksDbTimers::flush);
        List<StoredState> all = states.all();
        CanonicalSnapshot.Content content =
                new CanonicalSnapshot.Content(
                        header(all), all, remainders(), compressed, request.sink());
        CanonicalSnapshot snapshot =
                new CanonicalSnapshot(
                        content,
                        store.freeze("snapshot of checkpoint " + request.checkpointId()),
                        running::remove);
        running.add(snapshot);
        return snapshot;
    }

    private CanonicalHeader header(List<StoredState> all) {
        return new CanonicalHeader(
                maxParallelism,
                keyGroups,
                keySerializer.snapshot(),
                all.stream().map(StoredState::schema).toList());
    }

    private Map<String, Remainder<?>> remainders() {
        Map<String, Remainder<?>> remainders = new HashMap<>();
        drops.forEach(
                (state, each) -> each.inSnapshots().ifPresent(rest -> remainders.put(state, rest)));
        return remainders;
    }

    @Override
    public boolean prepareLocalFiles() {
        store.requireOpen();
        timers.forEach(RocksDbTimers::flush);
        return store.flushBeside(states.all().stream().map(StoredState::column).toList());
    }

    @Override
    public Optional<LocalFiles> localFiles(Path directory) throws IOException {
        store.requireOpen();
        timers.forEach(RocksDbTimers::flush);
        List<StoredState> all = states.all();
        store.linkInto(directory);
        FilesFormat.write(
                directory,
                header(all),
                all.stream().map(state -> state.column().number()).toList());
        return Optional.of(new LocalFiles(keyGroups, FilesFormat.NAME, directory));
    }

    /** The database, for tests. */
    Store store() {
        return store;
    }

    @Override
    public void close() {
        running.forEach(RunningSnapshot::close);
        opened.close();
    }
}
