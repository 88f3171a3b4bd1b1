package org.example.state;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.ordered.OrderedBackend;
import java.io.IOException;
import java.util.Set;

/** A choice that a job makes: its state lives in sorted maps. Opens one for each subtask. */
public final class TreeStateBackend implements StateBackend {

    @Override
    public String name() {
        return "tree";
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return OrderedBackend.SNAPSHOT_KINDS;
    }

    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        return OrderedBackend.open(request, new TreeStore());
    }
}
