package io.holdfast.testkit.model;

import java.util.EnumMap;
import java.util.Map;

/** What a model test came by: a test that never restores a timer proves little. */
final class Coverage {
    private final Map<Step.Action, Integer> steps = new EnumMap<>(Step.Action.class);
    private int restores;
    private int restoresWithTimers;

    void count(Step step) {
        steps.merge(step.action(), 1, Integer::sum);
    }

    void restored(Model content) {
        restores++;
        if (!content.timers.isEmpty()) {
            restoresWithTimers++;
        }
    }

    void add(Coverage other) {
        other.steps.forEach((action, number) -> steps.merge(action, number, Integer::sum));
        restores += other.restores;
        restoresWithTimers += other.restoresWithTimers;
    }

    int of(Step.Action action) {
        return steps.getOrDefault(action, 0);
    }

    int restores() {
        return restores;
    }

    int restoresWithTimers() {
        return restoresWithTimers;
    }

    int steps() {
        return steps.values().stream().mapToInt(Integer::intValue).sum();
    }
}
