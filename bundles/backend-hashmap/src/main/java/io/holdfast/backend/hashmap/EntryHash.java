package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.HeapTimers.Registered;

/** Computes the hash of an entry once more, when its page is made anew. */
@FunctionalInterface
interface EntryHash {

    /** Entries told by their key: key, content. */
    EntryHash OF_KEY = (cells, at) -> Hashes.of(cells[at].hashCode());

    /** Entries told by key and namespace: key, namespace, content. */
    EntryHash OF_KEY_AND_NAMESPACE =
            (cells, at) -> Hashes.of(cells[at].hashCode(), Hashes.codeOf(cells[at + 1]));

    /** Timers. */
    EntryHash OF_TIMER = (cells, at) -> ((Registered<?, ?>) cells[at]).hash;

    /**
     * Hash of an entry.
     *
     * @param cells holds it
     * @param at where its cells begin
     */
    int of(Object[] cells, int at);
}
