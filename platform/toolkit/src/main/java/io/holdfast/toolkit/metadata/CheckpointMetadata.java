package io.holdfast.toolkit.metadata;

import io.holdfast.spi.snapshot.StreamHandle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All that is needed to restore a job from one checkpoint or savepoint.
 *
 * @param checkpointId its id, growing within a job
 * @param kind checkpoint or savepoint
 * @param drained true if the job's input had ended or was drained: nothing follows it
 * @param triggeredAt when it was begun, to the millisecond
 * @param completedAt when the last subtask had delivered, to the millisecond
 * @param jobId identifies the job over restarts
 * @param jobName for people, and for finding the job id again
 * @param operators every operator of the job, with different ids
 */
public record CheckpointMetadata(
        long checkpointId,
        Kind kind,
        boolean drained,
        Instant triggeredAt,
        Instant completedAt,
        String jobId,
        String jobName,
        List<OperatorMetadata> operators) {

    /** What it was made for. */
    public enum Kind {
        /** Made by the engine for itself; removed by it when newer ones are there. */
        CHECKPOINT,
        /** Made by request; belongs to whoever asked for it. */
        SAVEPOINT
    }

    /** Refuses null, cuts times to milliseconds, copies the list. */
    public CheckpointMetadata {
        Objects.requireNonNull(kind, "kind");
        triggeredAt = triggeredAt.truncatedTo(ChronoUnit.MILLIS);
        completedAt = completedAt.truncatedTo(ChronoUnit.MILLIS);
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(jobName, "jobName");
        operators = List.copyOf(operators);
    }

    /**
     * All streams it refers to.
     *
     * @return the streams; one that is referred to twice may appear twice
     */
    public Stream<StreamHandle> streams() {
        return operators.stream()
                .flatMap(operator -> operator.subtasks().stream())
                .flatMap(OperatorSnapshot::streams);
    }

    /**
     * All files it refers to.
     *
     * @return the files, each once
     */
    public Stream<StreamHandle.InFile> files() {
        return streams()
                .filter(StreamHandle.InFile.class::isInstance)
                .map(StreamHandle.InFile.class::cast)
                .distinct();
    }
}
