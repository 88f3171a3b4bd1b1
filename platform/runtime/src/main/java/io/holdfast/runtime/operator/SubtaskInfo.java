package io.holdfast.runtime.operator;

import java.util.Objects;

/**
 * Which subtask of a job's run something belongs to.
 *
 * @param subtask 0 to {@code parallelism} - 1
 * @param parallelism number of subtasks
 * @param maxParallelism number of key groups
 * @param attempt how often the job was restarted in this process
 * @param attemptId letters and digits that name this run of all subtasks
 */
public record SubtaskInfo(
        int subtask, int parallelism, int maxParallelism, int attempt, String attemptId) {
    /** Refuses null. */
    public SubtaskInfo {
        Objects.requireNonNull(attemptId, "attemptId");
    }
}
