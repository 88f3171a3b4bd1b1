package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one checkpoint or savepoint.
 *
 * @param id its id
 * @param kind checkpoint or savepoint
 * @param snapshots what backends were asked for
 * @param stop what was to follow it
 * @param triggeredAt when it was triggered
 * @param status how far it came
 * @param tasks number of tasks
 * @param acknowledged how many of them had delivered
 * @param timings the longest of each over all tasks so far
 * @param publish how long its metadata took to become durable; zero before that
 * @param duration from trigger to end, or until now if it has not ended
 * @param totalBytes bytes of all its state; 0 before all tasks had delivered
 * @param newBytes those of them that no earlier retained checkpoint refers to
 * @param failure why it was given up, if it was
 */
public record CheckpointStatistics(
        long id,
        CheckpointMetadata.Kind kind,
        SnapshotKind snapshots,
        StopMode stop,
        Instant triggeredAt,
        Status status,
        int tasks,
        int acknowledged,
        SnapshotTimings timings,
        Duration publish,
        Duration duration,
        long totalBytes,
        long newBytes,
        Optional<CheckpointFailure> failure) {

    /** How far a checkpoint is. */
    public enum Status {
        /** Tasks take snapshots, or its metadata are being stored. */
        IN_PROGRESS,
        /** Durable. */
        COMPLETED,
        /** Given up. */
        ABORTED
    }
}
