package io.holdfast.runtime.checkpoint;

import java.time.Duration;
import java.util.Objects;

/**
 * What one checkpoint cost one task.
 *
 * @param alignment from the first barrier to the last
 * @param sync how long the task stood still for it
 * @param async how long the bytes were written beside the task
 */
public record SnapshotTimings(Duration alignment, Duration sync, Duration async) {

    /** Nothing. */
    public static final SnapshotTimings NONE =
            new SnapshotTimings(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Refuses null. */
    public SnapshotTimings {
        Objects.requireNonNull(alignment, "alignment");
        Objects.requireNonNull(sync, "sync");
        Objects.requireNonNull(async, "async");
    }

    /**
     * The longer of each.
     *
     * @param other timings of another task
     * @return the maxima
     */
    public SnapshotTimings max(SnapshotTimings other) {
        return new SnapshotTimings(
                longer(alignment, other.alignment),
                longer(sync, other.sync),
                longer(async, other.async));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
