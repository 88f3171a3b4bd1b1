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
