package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Batch;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Place;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.CanonicalReader;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills an empty database from canonical snapshots: a column for each state, its entries as they
 * are. No serializer reads a byte of them. All headers are checked before there is a database.
 */
final class CanonicalRestore<K> implements Restore<K> {
    private final KeyedBackendRequest<K> request;
    private final Map<KeyedSnapshotHandle, CanonicalReader> readers = new LinkedHashMap<>();
    private final Map<StateSchema, Column> columns = new LinkedHashMap<>();
    private final BitSet groupsHeld = new BitSet();
    private Serializer<K> key;

    private CanonicalRestore(KeyedBackendRequest<K> request) {
        this.request = request;
        this.key = request.keySerializer();
    }

    /** Opens and checks what is to be restored. The caller closes the result. */
    static <K> CanonicalRestore<K> begin(KeyedBackendRequest<K> request) throws IOException {
        CanonicalRestore<K> restore = new CanonicalRestore<>(request);
        try {
            for (KeyedSnapshotHandle handle : request.restoreFrom()) {
                if (handle.keyGroups().overlaps(request.keyGroups())) {
                    restore.open(handle);
                }
            }
            return restore;
        } catch (IOException | RuntimeException e) {
            try {
                restore.close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void open(KeyedSnapshotHandle handle) throws IOException {
        CanonicalReader reader = CanonicalReader.open(handle, request.source());
        readers.put(handle, reader);
        key = Restore.fitting(request, key, handle, reader.header());
    }

    @Override
    public Store open(Place place, Store.Setup setup) throws IOException {
        Store store = Store.open(place, setup);
        try {
            fill(store);
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void fill(Store store) throws IOException {
        makeColumns(store);
        Batch batch = store.batch();
        for (Map.Entry<KeyedSnapshotHandle, CanonicalReader> entry : readers.entrySet()) {
            restore(entry.getKey(), entry.getValue(), batch);
        }
        batch.flush();
    }

    private void makeColumns(Store store) {
        List<StateSchema> schemas =
                readers.values().stream()
                        .flatMap(reader -> reader.schemas().stream())
                        .distinct()
                        .toList();
        List<Column> made = store.createColumns(schemas.stream().map(StateSchema::name).toList());
        for (int i = 0; i < schemas.size(); i++) {
            columns.put(schemas.get(i), made.get(i));
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (CanonicalReader reader : readers.values()) {
            try {
                reader.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public Serializer<K> key() {
        return key;
    }

    @Override
    public List<StoredState> states() {
        return columns.entrySet().stream()
                .map(state -> new StoredState(state.getKey(), state.getValue()))
                .toList();
    }

    private void restore(KeyedSnapshotHandle handle, CanonicalReader reader, Batch batch)
            throws IOException {
        Column[] byIndex = reader.schemas().stream().map(columns::get).toArray(Column[]::new);
        BitSet groups = new BitSet();
        reader.read(
                request.keyGroups(),
                (state, group, bytes, keyOffset, keyLength, value, valueOffset, valueLength) -> {
                    if (groupsHeld.get(group)) {
                        throw Refusals.heldTwice(request.owner(), handle, group);
                    }
                    groups.set(group);
                    batch.put(
                            byIndex[state],
                            bytes,
                            keyOffset,
                            keyLength,
                            value,
                            valueOffset,
                            valueLength);
                });
        groupsHeld.or(groups);
    }
}
