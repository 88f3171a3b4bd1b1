package io.holdfast.runtime;

import io.holdfast.api.function.Collector;
import io.holdfast.api.process.ProcessFunction;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Lets records pass, and fails once at each of some numbers of records, over all subtasks. */
final class FailingAt<T> extends ProcessFunction<T, T> {

    /** When to fail. */
    static final class Plan {
        private final AtomicLong seen = new AtomicLong();
        private final Set<Long> failures = ConcurrentHashMap.newKeySet();
        final AtomicLong failed = new AtomicLong();

        Plan(Set<Long> failures) {
            this.failures.addAll(failures);
        }
    }

    private final Plan plan;

    FailingAt(Plan plan) {
        this.plan = plan;
    }

    @Override
    public void processElement(T value, Context context, Collector<T> out) {
        if (plan.failures.remove(plan.seen.incrementAndGet())) {
            plan.failed.incrementAndGet();
            throw new IllegalStateException("planned failure");
        }
        out.collect(value);
    }
}
