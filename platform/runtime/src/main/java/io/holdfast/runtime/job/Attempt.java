package io.holdfast.runtime.job;

import io.holdfast.runtime.job.StartingPoints.StartingPoint;
import io.holdfast.runtime.task.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The life of one set of tasks. Remembers how far it is; what follows from that is the master's
 * business. Used by the owner's thread, but for what is final or volatile.
 */
final class Attempt {

    /** How far an attempt is. */
    enum Phase {
        /** What to start from is being chosen. */
        PREPARING,
        /** Tasks restore their state. */
        STARTING,
        RUNNING,
        /** All input was processed; the last checkpoint is being taken. */
        ENDING,
        /** Tasks were told to finish. */
        FINISHING,
        /** Tasks were told to stop wherever they are, or have ended. */
        STOPPING
    }

    /** Counted from 0 over the life of the job in this process. */
    final int number;

    Phase phase = Phase.PREPARING;

    /** Why it ends, unless it ends well. */
    Throwable failure;

    /** A savepoint is being made with which the job stops. */
    volatile boolean stopRequested;

    /** How often the checkpoint at the end of all input was tried. */
    int lastCheckpoints;

    private StartingPoint start;
    private List<Task> tasks = List.of();
    private final Set<Task> starting = new HashSet<>();
    private final Set<Task> drained = new HashSet<>();
    private final Set<Task> alive = new HashSet<>();

    Attempt(int number) {
        this.number = number;
    }

    /** Has tasks from now on. */
    void begin(StartingPoint from, List<Task> made) {
        start = from;
        tasks = List.copyOf(made);
        starting.addAll(tasks);
        alive.addAll(tasks);
        phase = Phase.STARTING;
    }

    /** What its tasks are restored from; not before it has some. */
    StartingPoint start() {
        return start;
    }

    List<Task> tasks() {
        return tasks;
    }

    void running(Task task) {
        starting.remove(task);
    }

    boolean allRun() {
        return starting.isEmpty();
    }

    void drained(Task task) {
        drained.add(task);
    }

    /** Tells whether all input was processed. */
    boolean allDrained() {
        return drained.size() == tasks.size();
    }

    void ended(Task task) {
        alive.remove(task);
    }

    /** Tells whether no task is left; also before there were any. */
    boolean allEnded() {
        return alive.isEmpty();
    }

    /** The tasks that have not ended, for messages. */
    List<String> left() {
        return alive.stream().map(task -> task.name() + " " + (task.subtask() + 1)).toList();
    }
}
