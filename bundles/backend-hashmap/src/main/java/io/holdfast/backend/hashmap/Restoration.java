package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.backend.hashmap.format.HeapContents;
import io.holdfast.backend.hashmap.format.HeapFormat;
import io.holdfast.backend.hashmap.format.Segment;
import io.holdfast.backend.hashmap.format.SegmentFiles;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.toolkit.canonical.CanonicalHeader;
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
    private final SnapshotSettings settings;
    private final KeyGroupRange owned;
    private final Evolution<K> key;
    private final Map<StateSchema, RestoredState<K>> states = new LinkedHashMap<>();
    private final boolean[] covered;

    private Restoration(KeyedBackendRequest<K> request, SnapshotSettings settings) {
        this.request = request;
        this.settings = settings;
        this.owned = request.keyGroups();
        this.key = new Evolution<>("key", request.keySerializer(), false);
        this.covered = new boolean[owned.size()];
    }

    static <K> HashMapKeyedBackend<K> open(
            KeyedBackendRequest<K> request, SnapshotSettings settings) throws IOException {
        Restoration<K> restoration = new Restoration<>(request, settings);
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
                settings,
                restoration.states.values());
    }

    private void read(KeyedSnapshotHandle handle) throws IOException {
        if (handle instanceof KeyedSnapshotHandle.Incremental files
                && files.format().equals(HeapFormat.NAME)) {
            readNative(files);
        } else {
            readCanonical(handle);
        }
    }

    private void readNative(KeyedSnapshotHandle.Incremental handle) throws IOException {
        HeapContents contents = HeapContents.read(handle, request.source());
        CanonicalHeader header = contents.header();
        accept(handle, header.maxParallelism(), header.key());
        List<RestoredState<K>> targets = targets(header.states());
        KeyGroupRange held = handle.keyGroups();
        KeyGroupRange wanted = wantedOf(held);
        long bytes = handle.streams().mapToLong(StreamHandle::length).sum();
        Workers.run(
                "heap-restore",
                settings.threadsForBytes(bytes / held.size() * wanted.size()),
                wanted.size(),
                items -> {
                    try (SegmentFiles files =
                            new SegmentFiles(handle, contents, request.source())) {
                        for (int item = items.next(); item >= 0; item = items.next()) {
                            readGroup(wanted.first() + item, held, contents, files, targets);
                        }
                    }
                });
    }

    private void readGroup(
            int keyGroup,
            KeyGroupRange held,
            HeapContents contents,
            SegmentFiles files,
            List<RestoredState<K>> targets)
            throws IOException {
        int group = keyGroup - owned.first();
        for (int i = 0; i < targets.size(); i++) {
            RestoredState<K> target = targets.get(i);
            for (Segment<Integer> each : contents.chains().get(i).get(keyGroup - held.first())) {
                files.read(each, keyGroup, block -> target.add(group, block));
            }
        }
    }

    private void readCanonical(KeyedSnapshotHandle handle) throws IOException {
        try (CanonicalReader reader = CanonicalReader.open(handle, request.source())) {
            accept(handle, reader.maxParallelism(), reader.key());
            List<RestoredState<K>> targets = targets(reader.schemas());
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

    /** Refuses what does not fit the job. */
    private void accept(
            KeyedSnapshotHandle handle, int maxParallelism, SerializerSnapshot keyWritten) {
        if (maxParallelism != request.maxParallelism()) {
            throw Refusals.otherMaxParallelism(
                    request.owner(), handle, maxParallelism, request.maxParallelism());
        }
        key.reader(
                keyWritten,
                reason ->
                        Refusals.mismatch(
                                request.owner(),
                                "The key",
                                keyWritten,
                                request.keySerializer().snapshot(),
                                reason));
        cover(handle);
    }

    private List<RestoredState<K>> targets(List<StateSchema> schemas) {
        List<RestoredState<K>> targets = new ArrayList<>();
        for (StateSchema schema : schemas) {
            targets.add(
                    states.computeIfAbsent(
                            schema,
                            unseen ->
                                    new RestoredState<>(
                                            unseen, owned.size(), request.maxParallelism())));
        }
        return targets;
    }

    /** The owned groups among those that a handle holds; there are some. */
    private KeyGroupRange wantedOf(KeyGroupRange held) {
        return new KeyGroupRange(
                Math.max(owned.first(), held.first()), Math.min(owned.last(), held.last()));
    }

    private void cover(KeyedSnapshotHandle handle) {
        KeyGroupRange wanted = wantedOf(handle.keyGroups());
        for (int keyGroup = wanted.first(); keyGroup <= wanted.last(); keyGroup++) {
            if (covered[keyGroup - owned.first()]) {
                throw Refusals.heldTwice(request.owner(), handle, keyGroup);
            }
            covered[keyGroup - owned.first()] = true;
        }
    }
}
