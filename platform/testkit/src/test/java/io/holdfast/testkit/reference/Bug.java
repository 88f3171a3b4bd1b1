package io.holdfast.testkit.reference;

/** Defects that can be planted in {@link ReferenceStateBackend}. */
public enum Bug {
    /** As it should be. */
    NONE,
    /** A cleared value is still there. */
    CLEAR_FORGOTTEN,
    /** The first element added becomes the last. */
    LIST_FORGETS_ORDER,
    /** A map value of null is taken for no entry. */
    NULL_MAP_VALUE_IS_ABSENT,
    /** Null is taken where it is not a value. */
    NULL_ADDED,
    /** The arguments of a reduce function are swapped. */
    REDUCE_SWAPS_ARGUMENTS,
    /** All keys share one accumulator object. */
    SHARED_ACCUMULATOR,
    /** The last of several sources is dropped in a merge. */
    MERGE_LOSES_SOURCE,
    /** The namespace does not count. */
    NAMESPACE_IGNORED,
    /** A key with several map entries is listed several times. */
    KEYS_REPEATED,
    /** Negative times come after positive ones. */
    TIMERS_UNSIGNED,
    /** Adding a timer that is there says that it is new. */
    TIMER_TWICE,
    /** A snapshot is a view of what is there when it is written. */
    LIVE_SNAPSHOT,
    /** A snapshot shares objects that the job goes on to change. */
    SHARED_MUTABLE_VALUE,
    /** A snapshot whose sink fails keeps its stream open. */
    STREAM_LEFT_OPEN,
    /** Timers are not in snapshots. */
    DROPPED_TIMERS,
    /** States that nobody asks for are not in the next snapshot. */
    UNKNOWN_STATES_DROPPED,
    /** Bytes are read with a single read. */
    SHORT_READ,
    /** The last owned key group is not restored. */
    KEY_GROUP_BORDER,
    /** Two-byte key groups are read as one byte. */
    NARROW_KEY_GROUP,
    /** Values of an earlier shape are read as if they had the present one. */
    MIGRATION_SKIPPED,
    /** Map keys of an earlier type stay as they are. */
    MAP_KEYS_NOT_MIGRATED,
    /** A state of another kind is taken over. */
    KIND_IGNORED,
    /** A damaged snapshot is an empty one. */
    DAMAGE_IS_EMPTINESS,
    /** A key of another subtask is accepted. */
    FOREIGN_KEY_ACCEPTED,
    /** After close, states answer as before. */
    OPEN_AFTER_CLOSE,
    /** A thread is left running. */
    THREAD_LEFT,
    /** Lists are written with another separator, which it reads itself. */
    PRIVATE_LIST_LAYOUT,
    /** An increment refers to files of a checkpoint that was never complete. */
    INCREMENT_ON_INCOMPLETE,
    /** An increment misses changes of values. */
    INCREMENT_MISSES_CHANGES,
    /** A list of which an element has expired is swept away whole. */
    SWEEP_TAKES_LISTS,
    /** A sweep goes by the moment of the sweep before it, which may have been a later one. */
    SWEEP_GOES_BY_ANOTHER_MOMENT,
    /** What was stored before the first watermark is not in snapshots. */
    NO_TIME_BEFORE_THE_FIRST,
    /** What changed while a snapshot ran that is then aborted is undone. */
    ABORT_UNDOES
}
