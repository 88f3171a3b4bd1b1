package io.holdfast.spi.state;

import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The working state of one subtask of one operator, restored, under one current key at a time. All
 * methods are called by one thread.
 *
 * @param <K> type of the keys
 */
@ConsumerType
public interface KeyedStateBackend<K> extends KeyedStates<K>, AutoCloseable {

    /**
     * Chooses the key that all states mean from now on. States keep their namespaces.
     *
     * @param key the key, not null; not changed by the caller while it is current or stored
     * @param keyGroup its group, {@link io.holdfast.spi.snapshot.KeyGroupRange#keyGroup}
     * @throws io.holdfast.api.error.HoldfastException STATE-3006 if the group is not owned here
     */
    void setCurrentKey(K key, int keyGroup);

    /**
     * The key chosen last.
     *
     * @return the key, or null before the first
     */
    K currentKey();

    /**
     * Fixes the content of a snapshot. Short: what grows with the state is left to {@link
     * RunningSnapshot#write()}.
     *
     * @param request what is asked for; a kind that the backend announced
     * @return the snapshot, to be written on another thread; the caller closes it
     * @throws IOException if the disk fails; the backend stays usable
     */
    RunningSnapshot snapshot(SnapshotRequest request) throws IOException;

    /**
     * Told when a checkpoint that this backend took part in is complete and durable. Ids grow; some
     * may be left out.
     *
     * @param checkpointId id of the checkpoint
     */
    default void checkpointCompleted(long checkpointId) {}

    /**
     * Told when a checkpoint that this backend took part in will never complete.
     *
     * @param checkpointId id of the checkpoint
     */
    default void checkpointAborted(long checkpointId) {}

    /** Releases everything. Idempotent; running snapshots were closed before. */
    @Override
    void close() throws IOException;
}
