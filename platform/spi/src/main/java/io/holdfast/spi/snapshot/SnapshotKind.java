package io.holdfast.spi.snapshot;

/** What a snapshot is made for. */
public enum SnapshotKind {
    /** Everything, self-contained, in whatever form suits the backend. Every backend takes it. */
    FULL,
    /**
     * What is not yet in earlier completed checkpoints, plus references to what is. A backend says
     * whether it takes this kind; one that does makes a full one where it has no earlier one.
     */
    INCREMENTAL,
    /** Everything, in the canonical format that every backend restores. Every backend takes it. */
    CANONICAL
}
