package io.holdfast.spi.state;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The working state of one subtask of one operator, restored, under one current key at a time. All
 * methods are called by one thread at a time; it may be another one than the one that opened it.
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
     * Prepares {@link #localFiles}: does beside the work what would make it long, such as writing
     * to disk what is in memory only. Returns at once. Asked again and again while the job runs,
     * until it agrees or the caller's patience ends; never asked for is fine too, then {@link
     * #localFiles} takes longer.
     *
     * @return whether {@link #localFiles} would be short now. By default true
     */
    default boolean prepareLocalFiles() {
        return true;
    }

    /**
     * Puts files that hold everything into a directory, in a time that hardly grows with the state,
     * for a backend of the same name that is to go on in this one's place. This backend stays
     * usable; what it is told afterwards does not appear in the files.
     *
     * @param directory does not exist yet; in the same file system as the work directory. The
     *     caller removes what is left of it
     * @return refers to the files; empty if this backend has no such way, so that a snapshot is
     *     taken instead. By default empty
     * @throws IOException if the disk fails; the backend stays usable
     */
    default Optional<KeyedSnapshotHandle.LocalFiles> localFiles(Path directory) throws IOException {
        return Optional.empty();
    }

    /**
     * Says which values of a state may be dropped, from now on until the backend is closed. Called
     * right after the state was asked for. What may be dropped and still is there does no harm but
     * take room: whoever reads it sees that by itself.
     *
     * @param state name of a value, list, map, reducing or aggregating state that was asked for
     * @param expiry tells what may be dropped
     * @param <T> type of the values, as in the state's descriptor
     * @return whether {@link #sweep} and snapshots act on it. By default false: this backend drops
     *     nothing by itself
     */
    default <T> boolean expire(String state, Expiry<T> expiry) {
        return false;
    }

    /**
     * Looks at some entries of a state and removes of them what may be dropped: single elements of
     * lists and single entries of maps, too. Goes on where the last call ended. Called between two
     * records, while nobody iterates over a state; current key and namespaces stay.
     *
     * @param state name of a state of which {@link #expire} was told
     * @param entries about how many entries to look at, 1 or more
     * @return whether the end was reached, so that the next call begins anew. By default true
     */
    default boolean sweep(String state, int entries) {
        return true;
    }

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
