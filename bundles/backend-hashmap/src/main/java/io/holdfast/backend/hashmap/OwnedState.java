package io.holdfast.backend.hashmap;

/**
 * A state or a queue of timers as its backend sees it. For the task's thread.
 *
 * @param <K> type of the keys
 */
interface OwnedState<K> {

    /** Fixes the content for a snapshot: the same work whatever the size. */
    FrozenState<K> freeze();

    /** Forgets the content, at the end; whoever still holds the state holds nothing with it. */
    void release();
}
