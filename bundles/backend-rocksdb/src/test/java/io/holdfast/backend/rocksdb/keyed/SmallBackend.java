package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.MemoryPlan;
import io.holdfast.backend.rocksdb.store.NothingConfigured;
import io.holdfast.rocksdb.RocksDbLibrary;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** The backend with other limits, so that tests come to them soon. */
record SmallBackend(Limits limits) implements StateBackend {
    private static final KeyedSettings SETTINGS =
            new KeyedSettings(
                    new NothingConfigured(),
                    new MemoryPlan.ShareOfSlot(MemoryPlan.Division.USUAL),
                    Optional.empty(),
                    128,
                    false,
                    0,
                    false);

    @Override
    public String name() {
        return "rocksdb";
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return Set.of(SnapshotKind.FULL, SnapshotKind.CANONICAL);
    }

    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        RocksDbLibrary.load();
        return RocksDbKeyedBackend.open(request, SETTINGS, limits);
    }
}
