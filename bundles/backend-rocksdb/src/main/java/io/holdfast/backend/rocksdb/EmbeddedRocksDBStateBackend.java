package io.holdfast.backend.rocksdb;

import io.holdfast.backend.rocksdb.keyed.RocksDbKeyedBackend;
import io.holdfast.rocksdb.RocksDbLibrary;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import java.io.IOException;
import java.util.Set;

/**
 * Holds working state in an embedded RocksDB database on local disk, as serialized bytes. For state
 * that is larger than memory; each access costs a serialization and a way through the database.
 *
 * <p>Keys, map keys and namespaces are compared by their bytes. Values can be changed freely after
 * they were stored or read. One value or list can have 512 MiB. Snapshots are always taken
 * asynchronously. Immutable and thread-safe.
 */
public final class EmbeddedRocksDBStateBackend implements StateBackend {
    static final String NAME = "rocksdb";

    /** A backend with its usual settings. */
    public EmbeddedRocksDBStateBackend() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return Set.of(SnapshotKind.FULL, SnapshotKind.CANONICAL);
    }

    /**
     * Opens the state of one subtask. The first call in a JVM loads RocksDB's native library.
     *
     * @throws io.holdfast.api.error.HoldfastException also STATE-3101 to 3105 if the library cannot
     *     be loaded, STATE-3111 to 3114 if the database cannot be made
     */
    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        RocksDbLibrary.load();
        return RocksDbKeyedBackend.open(request);
    }
}
