package io.holdfast.testkit.model;

import io.holdfast.spi.snapshot.SnapshotKind;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** What a model test came by: a test that never restores a timer proves little. */
final class Coverage {
    private final Map<Step.Action, Integer> steps = new EnumMap<>(Step.Action.class);
    private final Map<SnapshotKind, Integer> restores = new EnumMap<>(SnapshotKind.class);
    private int restoresWithTimers;
    private int evolutions;
    private int expired;

    void count(Step step) {
        steps.merge(step.action(), 1, Integer::sum);
    }

    /** A job was restored as a program. */
    void restored(Checkpoints.Completed from, Program as) {
        restores.merge(from.kind(), 1, Integer::sum);
        if (!from.content().timers.isEmpty()) {
            restoresWithTimers++;
        }
        if (!from.program().equals(as)) {
            evolutions++;
        }
    }

    /** Something is about to be looked at. */
    void lookedAt(Collection<Model.Unit> units, Life life) {
        for (Model.Unit unit : units) {
            expired += life.isExpired(unit) ? 1 : 0;
        }
    }

    /** How often something was looked at that was over. */
    int expired() {
        return expired;
    }

    void add(Coverage other) {
        other.steps.forEach((action, number) -> steps.merge(action, number, Integer::sum));
        other.restores.forEach((kind, number) -> restores.merge(kind, number, Integer::sum));
        restoresWithTimers += other.restoresWithTimers;
        evolutions += other.evolutions;
        expired += other.expired;
    }

    int of(Step.Action action) {
        return steps.getOrDefault(action, 0);
    }

    int restores(SnapshotKind kind) {
        return restores.getOrDefault(kind, 0);
    }

    int restoresWithTimers() {
        return restoresWithTimers;
    }

    /** Restores by another version of the program. */
    int evolutions() {
        return evolutions;
    }

    int steps() {
        return steps.values().stream().mapToInt(Integer::intValue).sum();
    }
}
