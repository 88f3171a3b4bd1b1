package io.holdfast.runtime.checkpoint;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts and remembers checkpoints. Written by the coordinator's thread, read by any. */
final class CheckpointRecorder {
    private static final int REMEMBERED = 50;

    private final Map<AbortCause, Long> aborted = new EnumMap<>(AbortCause.class);
    private final Deque<CheckpointStatistics> recent = new ArrayDeque<>();
    private long triggered;
    private long completed;
    private CheckpointStatistics lastCompleted;
    private CheckpointFailure lastFailure;
    private volatile CheckpointOverview overview = CheckpointOverview.EMPTY;

    CheckpointOverview overview() {
        return overview;
    }

    void triggered() {
        triggered++;
    }

    void completed(CheckpointStatistics statistics) {
        completed++;
        lastCompleted = statistics;
        remember(statistics);
    }

    void aborted(CheckpointFailure failure, CheckpointStatistics statistics) {
        remember(statistics);
        aborted.merge(failure.cause(), 1L, Long::sum);
        if (failure.cause().isFailure()) {
            failed(failure);
        }
    }

    /** Remembers a failure. */
    void failed(CheckpointFailure failure) {
        lastFailure = failure;
    }

    private void remember(CheckpointStatistics statistics) {
        recent.addFirst(statistics);
        if (recent.size() > REMEMBERED) {
            recent.removeLast();
        }
    }

    /** Makes everything so far visible to others. */
    void show(int failuresInARow, Collection<PendingCheckpoint> open, long nanos) {
        overview =
                new CheckpointOverview(
                        triggered,
                        completed,
                        aborted,
                        failuresInARow,
                        open.stream()
                                .filter(PendingCheckpoint::isUnderWay)
                                .map(each -> each.statistics(nanos, Optional.empty()))
                                .toList(),
                        List.copyOf(recent),
                        Optional.ofNullable(lastCompleted),
                        Optional.ofNullable(lastFailure));
    }
}
