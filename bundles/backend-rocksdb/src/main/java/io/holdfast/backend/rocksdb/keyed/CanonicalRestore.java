package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.backend.rocksdb.store.Batch;
import io.holdfast.backend.rocksdb.store.Column;
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
 * are. No serializer reads a byte of them.
 */
final class CanonicalRestore<K> {
    private final KeyedBackendRequest<K> request;
    private final Store store;
    private final Batch batch;
    private final Map<StateSchema, Column> columns = new LinkedHashMap<>();
    private final BitSet groupsHeld = new BitSet();
    private Serializer<K> key;

    CanonicalRestore(KeyedBackendRequest<K> request, Store store) {
        this.request = request;
        this.store = store;
        this.batch = store.batch();
        this.key = request.keySerializer();
    }

    void run() throws IOException {
        for (KeyedSnapshotHandle handle : request.restoreFrom()) {
            if (handle.keyGroups().overlaps(request.keyGroups())) {
                try (CanonicalReader reader = CanonicalReader.open(handle, request.source())) {
                    requireMaxParallelism(handle, reader.maxParallelism());
                    key = fitting(reader.key());
                    restore(handle, reader);
                }
            }
        }
        batch.flush();
    }

    /** Serializer of the keys that were restored. */
    Serializer<K> key() {
        return key;
    }

    /** What was restored. */
    List<StoredState> states() {
        return columns.entrySet().stream()
                .map(state -> new StoredState(state.getKey(), state.getValue()))
                .toList();
    }

    private void requireMaxParallelism(KeyedSnapshotHandle handle, int written) {
        if (written != request.maxParallelism()) {
            throw Refusals.otherMaxParallelism(
                    request.owner(), handle, written, request.maxParallelism());
        }
    }

    private Serializer<K> fitting(SerializerSnapshot written) {
        Compatibility<K> verdict = key.compatibilityWith(written);
        if (verdict instanceof Compatibility.AsIs) {
            return key;
        }
        if (verdict instanceof Compatibility.Reconfigured<K> reconfigured) {
            return reconfigured.serializer();
        }
        throw Refusals.mismatch(
                request.owner(),
                "The type of the keys",
                written,
                key.snapshot(),
                verdict instanceof Compatibility.Incompatible<K> incompatible
                        ? incompatible.reason()
                        : "keys decide where an entry is and cannot be migrated");
    }

    private void restore(KeyedSnapshotHandle handle, CanonicalReader reader) throws IOException {
        Column[] byIndex =
                reader.schemas().stream()
                        .map(
                                schema ->
                                        columns.computeIfAbsent(
                                                schema, added -> store.createColumn(added.name())))
                        .toArray(Column[]::new);
        BitSet groups = new BitSet();
        reader.read(
                request.keyGroups(),
                (state, group, key, keyOffset, keyLength, value, valueOffset, valueLength) -> {
                    if (groupsHeld.get(group)) {
                        throw Refusals.heldTwice(request.owner(), handle, group);
                    }
                    groups.set(group);
                    batch.put(
                            byIndex[state],
                            key,
                            keyOffset,
                            keyLength,
                            value,
                            valueOffset,
                            valueLength);
                });
        groupsHeld.or(groups);
    }
}
