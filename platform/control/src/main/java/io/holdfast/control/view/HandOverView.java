package io.holdfast.control.view;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How a running job's state was handed over from one backend to another.
 *
 * @param from backend, module and jar that had it
 * @param to backend, module and jar that have it now
 * @param pause the longest pause of a subtask
 * @param subtasks those that keep state for keys
 */
public record HandOverView(String from, String to, Duration pause, List<Subtask> subtasks) {

    /**
     * How it went in one subtask.
     *
     * @param name name of the operator
     * @param subtask its index
     * @param pause how long no record was processed
     * @param bytes how much was moved
     */
    public record Subtask(String name, int subtask, Duration pause, long bytes) {
        /** Refuses null. */
        public Subtask {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(pause, "pause");
        }
    }

    /** Refuses null, copies the list. */
    public HandOverView {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(pause, "pause");
        subtasks = List.copyOf(subtasks);
    }
}
