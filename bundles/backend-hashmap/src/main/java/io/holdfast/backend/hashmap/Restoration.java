package io.holdfast.backend.hashmap;

import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.CanonicalReader;
import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens a backend: reads the owned key groups of all snapshots into bytes by state. Nothing is
 * decoded, as the job's serializers are not known yet; only the key's is, and must fit.
 *
 * @param <K> type of the keys
 */
final class Restoration<K> {
    private final KeyedBackendRequest<K> request;
    private final KeyGroupRange owned;
    private final Evolution<K> key;
    private final Map<StateSchema, RestoredState<K>> states = new LinkedHashMap<>();
    private final boolean[] covered;

    private Restoration(KeyedBackendRequest<K> request) {
        this.request = request;
        this.owned = request.keyGroups();
        this.key = new Evolution<>("key", request.keySerializer(), false);
        this.covered = new boolean[owned.size()];
    }

    static <K> HashMapKeyedBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        Restoration<K> restoration = new Restoration<>(request);
        for (KeyedSnapshotHandle handle : request.restoreFrom()) {
            if (handle.keyGroups().overlaps(restoration.owned)) {
                restoration.read(handle);
            }
        }
        restoration.states.values().forEach(RestoredState::end);
        return new HashMapKeyedBackend<>(
                request.owner(),
                restoration.owned,
                request.maxParallelism(),
                restoration.key.serializer(),
                restoration.states.values());
    }

    private void read(KeyedSnapshotHandle handle) throws IOException {
        try (CanonicalReader reader = CanonicalReader.open(handle, request.source())) {
            if (reader.maxParallelism() != request.maxParallelism()) {
                throw Refusals.otherMaxParallelism(
                        request.owner(), handle, reader.maxParallelism(), request.maxParallelism());
            }
            key.reader(
                    reader.key(),
                    reason ->
                            Refusals.mismatch(
                                    request.owner(),
                                    "The key",
                                    reader.key(),
                                    request.keySerializer().snapshot(),
                                    reason));
            cover(handle);
            List<RestoredState<K>> targets = new ArrayList<>();
            for (StateSchema schema : reader.schemas()) {
                targets.add(
                        states.computeIfAbsent(
                                schema, unseen -> new RestoredState<>(unseen, owned.size())));
            }
            reader.read(
                    owned,
                    (state, keyGroup, keys, keyAt, keyLength, values, valueAt, valueLength) ->
                            targets.get(state)
                                    .add(
                                            keyGroup - owned.first(),
                                            keys,
                                            keyAt,
                                            keyLength,
                                            values,
                                            valueAt,
                                            valueLength));
        }
    }

    private void cover(KeyedSnapshotHandle handle) {
        int first = Math.max(owned.first(), handle.keyGroups().first());
        int last = Math.min(owned.last(), handle.keyGroups().last());
        for (int keyGroup = first; keyGroup <= last; keyGroup++) {
            if (covered[keyGroup - owned.first()]) {
                throw Refusals.heldTwice(request.owner(), handle, keyGroup);
            }
            covered[keyGroup - owned.first()] = true;
        }
    }
}
