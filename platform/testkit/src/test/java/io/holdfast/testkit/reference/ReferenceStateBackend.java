package io.holdfast.testkit.reference;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import java.io.IOException;
import java.util.Set;

/** State in sorted maps, copied whole for each snapshot. Correct unless told otherwise. */
public final class ReferenceStateBackend implements StateBackend {
    private final Bug bug;

    /** A correct backend. */
    public ReferenceStateBackend() {
        this(Bug.NONE);
    }

    /**
     * A backend with a defect.
     *
     * @param bug the defect
     */
    public ReferenceStateBackend(Bug bug) {
        this.bug = bug;
    }

    /**
     * The defect.
     *
     * @return what was planted
     */
    public Bug bug() {
        return bug;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return Set.of(SnapshotKind.values());
    }

    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        ReferenceBackend<K> backend = new ReferenceBackend<>(request, bug);
        backend.restore(request);
        return backend;
    }
}
