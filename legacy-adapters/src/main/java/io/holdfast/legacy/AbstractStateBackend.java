package io.holdfast.legacy;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.CompositeStateBackend;
import io.holdfast.spi.state.ConfigurableStateBackend;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import java.io.IOException;
import java.util.Set;

/**
 * What the legacy backends have in common: state is held by one part and made durable by another.
 * Immutable once a job runs, like its parts.
 */
public abstract sealed class AbstractStateBackend
        implements CompositeStateBackend, ConfigurableStateBackend
        permits FsStateBackend, MemoryStateBackend, RocksDBStateBackend {

    AbstractStateBackend() {}

    @Override
    public final Set<SnapshotKind> snapshotKinds() {
        return workingBackend().snapshotKinds();
    }

    @Override
    public final <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        return workingBackend().open(request);
    }

    /** The same as {@link #describe()}. */
    @Override
    public final String toString() {
        return describe();
    }
}
