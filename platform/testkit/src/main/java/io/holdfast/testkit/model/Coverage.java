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
    private int mapKeyEvolutions;
    private int expired;
    private int expiredByEventTime;
    private int beforeTheFirst;

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
        if (from.program().mapKeyVersion() != as.mapKeyVersion()) {
            mapKeyEvolutions++;
        }
    }

    /** Something is about to be looked at. */
    void lookedAt(Collection<Model.Unit> units, Life life) {
        for (Model.Unit unit : units) {
            boolean isOver = life.isExpired(unit);
            expired += isOver ? 1 : 0;
            expiredByEventTime += isOver && Life.isByEventTime(life.config()) ? 1 : 0;
            beforeTheFirst += unit.time() == Life.NOT_BEGUN && life.now() != unit.time() ? 1 : 0;
        }
    }

    /** How often something was looked at that was over. */
    int expired() {
        return expired;
    }

    /** The same by event time. */
    int expiredByEventTime() {
        return expiredByEventTime;
    }

    /** How often something was looked at that had been stored before time began. */
    int beforeTheFirst() {
        return beforeTheFirst;
    }

    /** Restores by a program with other map keys. */
    int mapKeyEvolutions() {
        return mapKeyEvolutions;
    }

    void add(Coverage other) {
        other.steps.forEach((action, number) -> steps.merge(action, number, Integer::sum));
        other.restores.forEach((kind, number) -> restores.merge(kind, number, Integer::sum));
        restoresWithTimers += other.restoresWithTimers;
        evolutions += other.evolutions;
        mapKeyEvolutions += other.mapKeyEvolutions;
        expired += other.expired;
        expiredByEventTime += other.expiredByEventTime;
        beforeTheFirst += other.beforeTheFirst;
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
