package io.holdfast.runtime.graph;

/** How records find the subtask of the consumer. */
public enum Routing {
    /** From subtask to subtask of the same number; in turn where the numbers of subtasks differ. */
    FORWARD,
    /** In turn. */
    REBALANCE,
    /** To all. */
    BROADCAST,
    /** To the owner of the key. */
    BY_KEY
}
