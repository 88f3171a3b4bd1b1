package io.holdfast.runtime.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoints of a job at one moment.
 *
 * @param triggered how many were triggered in this process, savepoints included
 * @param completed how many of them are complete
 * @param aborted how many were given up, by cause
 * @param failuresInARow failures since the last one that completed or the last restart
 * @param inProgress those under way, by id
 * @param recent those that ended last, newest first
 * @param lastCompleted the checkpoint or savepoint that completed last
 * @param lastFailure the last failure: of a checkpoint, of a savepoint, or of a storage that hangs
 */
public record CheckpointOverview(
        long triggered,
        long completed,
        Map<AbortCause, Long> aborted,
        int failuresInARow,
        List<CheckpointStatistics> inProgress,
        List<CheckpointStatistics> recent,
        Optional<CheckpointStatistics> lastCompleted,
        Optional<CheckpointFailure> lastFailure) {

    /** Copies the collections. */
    public CheckpointOverview {
        aborted = Map.copyOf(aborted);
        inProgress = List.copyOf(inProgress);
        recent = List.copyOf(recent);
    }

    /** Of a job that has not begun. */
    static final CheckpointOverview EMPTY =
            new CheckpointOverview(
                    0, 0, Map.of(), 0, List.of(), List.of(), Optional.empty(), Optional.empty());

    /**
     * How many failed for reasons that count.
     *
     * @return the number
     */
    public long failed() {
        return aborted.entrySet().stream()
                .filter(entry -> entry.getKey().isFailure())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
