package io.holdfast.api.state;

/** Kinds of state. The names are stored in snapshots. */
public enum StateKind {
    /** One value. */
    VALUE,
    /** A list. */
    LIST,
    /** A map. */
    MAP,
    /** One value, combined from those added. */
    REDUCING,
    /** An accumulator. */
    AGGREGATING
}
