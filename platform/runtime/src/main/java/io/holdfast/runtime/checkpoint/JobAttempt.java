package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tasks between two starts of a job, and what they were restored from. Immutable. */
final class JobAttempt {
    private final Map<String, OperatorLayout> operators;
    private final List<CheckpointTask> tasks;
    private final Optional<RestorePoint> from;
    private final boolean foreign;
    private final Set<URI> foreignFiles;

    JobAttempt(
            Collection<OperatorLayout> operators,
            Collection<? extends CheckpointTask> tasks,
            Optional<RestorePoint> from) {
        this.operators = new LinkedHashMap<>();
        operators.forEach(operator -> this.operators.put(operator.id(), operator));
        this.tasks = List.copyOf(tasks);
        this.from = from;
        this.foreign = from.filter(JobAttempt::isForeign).isPresent();
        this.foreignFiles =
                from.filter(JobAttempt::isForeign).stream()
                        .flatMap(point -> point.metadata().files())
                        .map(StreamHandle.InFile::file)
                        .collect(Collectors.toSet());
        check(operators.size());
    }

    /** A savepoint's files belong to whoever asked for it. */
    private static boolean isForeign(RestorePoint from) {
        return !from.isOwn() || from.metadata().kind() == CheckpointMetadata.Kind.SAVEPOINT;
    }

    /** Each subtask of each operator belongs to one task. */
    private void check(int layouts) {
        Map<String, Set<Integer>> seen = new HashMap<>();
        for (CheckpointTask task : tasks) {
            for (String id : task.operatorIds()) {
                OperatorLayout operator = operators.get(id);
                require(operator != null, "task %s has unknown operator %s", task.name(), id);
                require(
                        task.subtask() >= 0 && task.subtask() < operator.parallelism(),
                        "task %s is subtask %d of %d",
                        task.name(),
                        task.subtask(),
                        operator.parallelism());
                require(
                        seen.computeIfAbsent(id, key -> new HashSet<>()).add(task.subtask()),
                        "two tasks have subtask %d of operator %s",
                        task.subtask(),
                        id);
            }
        }
        require(operators.size() == layouts, "two operators have the same id");
        for (OperatorLayout operator : operators.values()) {
            require(
                    operator.maxParallelism().isPresent(),
                    "operator %s has no max parallelism",
                    operator.id());
            require(
                    seen.getOrDefault(operator.id(), Set.of()).size() == operator.parallelism(),
                    "not all subtasks of operator %s belong to a task",
                    operator.id());
        }
        require(tasks.stream().anyMatch(CheckpointTask::isSource), "no task is a source");
    }

    private static void require(boolean holds, String what, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(what.formatted(values));
        }
    }

    Collection<OperatorLayout> operators() {
        return operators.values();
    }

    OperatorLayout operator(String id) {
        return operators.get(id);
    }

    List<CheckpointTask> tasks() {
        return tasks;
    }

    /** What it was restored from. */
    Optional<RestorePoint> from() {
        return from;
    }

    /** Tells whether it was restored from files that belong to somebody else. */
    boolean hasForeignFiles() {
        return foreign;
    }

    /** Tells whether a file belongs to somebody else. */
    boolean isForeign(URI file) {
        return foreignFiles.contains(file);
    }
}
