package io.holdfast.runtime.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a running job came from one state backend to another.
 *
 * @param from the backend before, with its module
 * @param to the backend since, with its module
 * @param subtasks those that have keyed state; none if the job has no such operator
 */
public record HandOverReport(String from, String to, List<Subtask> subtasks) {

    /**
     * One subtask.
     *
     * @param operator the operator's name
     * @param subtask number, from 0
     * @param pause from the last record before to the first that could be processed after
     * @param bytes of the snapshot that was handed over; 0 where the backend gave its files
     */
    public record Subtask(String operator, int subtask, Duration pause, long bytes) {
        /** Refuses null. */
        public Subtask {
            Objects.requireNonNull(operator, "operator");
            Objects.requireNonNull(pause, "pause");
        }
    }

    /** Refuses null, copies the list. */
    public HandOverReport {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        subtasks = List.copyOf(subtasks);
    }

    /**
     * How long the job stood still.
     *
     * @return the longest pause of a subtask
     */
    public Duration pause() {
        return subtasks.stream().map(Subtask::pause).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /**
     * How much was handed over.
     *
     * @return bytes of all snapshots
     */
    public long bytes() {
        return subtasks.stream().mapToLong(Subtask::bytes).sum();
    }
}
