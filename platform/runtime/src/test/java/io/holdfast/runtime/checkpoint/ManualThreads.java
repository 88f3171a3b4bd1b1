package io.holdfast.runtime.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** Time that a test moves and threads that a test steps. Used by the test's thread alone. */
final class ManualThreads implements CoordinatorThreads {
    static {
        // Failures are made on purpose here, by the thousand.
        System.setProperty("org.slf4j.simpleLogger.log.io.holdfast.runtime.checkpoint", "off");
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Deque<Runnable> actions = new ArrayDeque<>();
    private final List<Runnable> blocking = new ArrayList<>();
    private final PriorityQueue<Scheduled> timers =
            new PriorityQueue<>(
                    Comparator.comparingLong(Scheduled::due).thenComparing(Scheduled::number));
    private long nanos;
    private long number;

    private record Scheduled(long due, long number, Runnable action) {}

    @Override
    public void execute(Runnable action) {
        actions.add(action);
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        Scheduled scheduled = new Scheduled(nanos + delay.toNanos(), number++, action);
        timers.add(scheduled);
        return () -> timers.remove(scheduled);
    }

    @Override
    public void executeBlocking(Runnable action) {
        blocking.add(action);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    /** Runs what the coordinator has to do; the storage does not move. */
    ManualThreads step() {
        while (!actions.isEmpty()) {
            actions.poll().run();
        }
        return this;
    }

    /** Number of calls to the storage that have not begun. */
    int blocking() {
        return blocking.size();
    }

    /** Lets one call to the storage happen, and what the coordinator does about it. */
    ManualThreads storage(int index) {
        blocking.remove(index).run();
        return step();
    }

    /** Lets everything happen that needs no time. */
    ManualThreads settle() {
        return settleBehind(0);
    }

    /** The same, but the first calls to the storage hang. */
    ManualThreads settleBehind(int hanging) {
        step();
        while (blocking.size() > hanging) {
            storage(hanging);
        }
        return this;
    }

    /** Moves time; timers run, the storage does not move. */
    ManualThreads advance(Duration time) {
        step();
        long end = nanos + time.toNanos();
        while (!timers.isEmpty() && timers.peek().due() <= end) {
            Scheduled next = timers.poll();
            nanos = Math.max(nanos, next.due());
            next.action().run();
            step();
        }
        nanos = end;
        return this;
    }
}
