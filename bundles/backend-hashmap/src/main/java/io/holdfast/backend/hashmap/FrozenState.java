package io.holdfast.backend.hashmap;

import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;

/**
 * The content of one state as a snapshot fixed it. Used by one thread of those that write the
 * snapshot.
 *
 * @param <K> type of the keys
 */
interface FrozenState<K> {

    /** How much of a key group must be written for it to be known together with what was before. */
    enum Extent {
        /** It is as it was. */
        NOTHING,
        /** What changed is known. */
        CHANGES,
        /** It is not known what changed. */
        ALL
    }

    /** Describes the state. */
    StateSchema schema();

    /** Tells states apart: the same object in all snapshots of what goes on as one state. */
    Object source();

    /** The same with serializers for another thread. */
    FrozenState<K> duplicate();

    /** Number of entries of a group, by which to tell few from many. */
    int count(int group);

    /**
     * What must be written of a group.
     *
     * @param since the interval before the first whose changes matter
     */
    Extent extent(int group, int since);

    /**
     * Writes all entries of one key group.
     *
     * @param owner names the backend in messages
     * @param group index of the group among those owned
     * @param keyGroup the group
     * @param entries takes them
     * @throws IOException if the sink fails
     */
    void write(String owner, int group, int keyGroup, EntryWriter<K> entries) throws IOException;

    /**
     * Writes what changed in one key group, if that is known: first what is gone.
     *
     * @param since the interval before the first whose changes matter
     */
    void writeChanges(String owner, int group, int keyGroup, int since, EntryWriter<K> entries)
            throws IOException;
}
