package io.holdfast.backend.hashmap;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import java.io.IOException;
import java.util.Set;

/**
 * Holds working state as objects on the Java heap, in hash tables. Reading gives the very object
 * that was stored; no access serializes anything. Snapshots are asynchronous. State is limited by
 * the heap.
 *
 * <p>Stored objects belong to the state: change one only between reading it and storing it again,
 * never later, or a snapshot that is being written may see the change. Immutable; may be shared by
 * jobs and threads.
 */
public final class HashMapStateBackend implements StateBackend {
    static final String NAME = "hashmap";

    private final SnapshotSettings settings;

    /** A backend with the defaults of {@link HashMapOptions}. */
    public HashMapStateBackend() {
        this(new Configuration());
    }

    HashMapStateBackend(ReadableConfig config) {
        this(
                new SnapshotSettings(
                        HashMapOptions.snapshotThreads(config),
                        config.get(CheckpointingOptions.SNAPSHOT_COMPRESSION)));
    }

    HashMapStateBackend(SnapshotSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return Set.of(SnapshotKind.values());
    }

    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        return Restoration.open(request, settings);
    }

    @Override
    public String toString() {
        return NAME;
    }
}
