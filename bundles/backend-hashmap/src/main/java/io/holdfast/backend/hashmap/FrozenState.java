package io.holdfast.backend.hashmap;

import io.holdfast.toolkit.canonical.StateSchema;
import java.io.IOException;

/**
 * The content of one state as a snapshot fixed it. Used by the thread that writes the snapshot.
 *
 * @param <K> type of the keys
 */
interface FrozenState<K> {

    /** Describes the state. */
    StateSchema schema();

    /**
     * Writes the entries of one key group; nothing, not even the number of the state, if there are
     * none.
     *
     * @param owner names the backend in messages
     * @param group index of the group among those owned
     * @param keyGroup the group
     * @param state number of the state in the snapshot
     * @param entries takes them
     * @throws IOException if the sink fails
     */
    void write(String owner, int group, int keyGroup, int state, EntryWriter<K> entries)
            throws IOException;
}
