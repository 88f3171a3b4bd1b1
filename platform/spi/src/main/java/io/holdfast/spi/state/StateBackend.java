package io.holdfast.spi.state;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import java.io.IOException;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A choice of how working state is held, with its settings: what a job's code may set on the
 * environment. Immutable once a job runs; may be shared by jobs.
 */
@ConsumerType
public interface StateBackend {

    /**
     * The name of its kind.
     *
     * @return the same as {@link StateBackendFactory#name()}
     */
    String name();

    /**
     * The kinds of snapshots its keyed backends take.
     *
     * @return at least {@link SnapshotKind#FULL} and {@link SnapshotKind#CANONICAL}
     */
    Set<SnapshotKind> snapshotKinds();

    /**
     * Opens the state of one subtask of one operator.
     *
     * <p>If there is something to restore, it is restored on return, as far as the states'
     * descriptors are not needed for it. The engine has verified length and checksum of every
     * stream before. {@link KeyedSnapshotHandle.LocalFiles} come alone, and only to a backend of
     * the name that made them; one that does not know their format refuses them. On failure,
     * everything taken has been released.
     *
     * @param request what to open
     * @param <K> type of the keys
     * @return the backend, used by one thread at a time; the caller closes it
     * @throws IOException if the disk or a stream fails
     * @throws io.holdfast.api.error.HoldfastException if what is to be restored is damaged, of an
     *     unknown format, or of another key type
     */
    <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException;
}
