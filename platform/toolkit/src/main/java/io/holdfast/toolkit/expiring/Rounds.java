package io.holdfast.toolkit.expiring;

import io.holdfast.spi.state.KeyedStateBackend;
import java.util.ArrayList;
import java.util.List;

/**
 * Cleaning up in the background: goes round through all states that want it, some entries at a
 * time, and then rests until a part of the shortest time to live is over. So what has expired is
 * gone after half as long again, and a state that is large and quiet is not looked at all the time.
 */
final class Rounds {
    private static final int ROUNDS_PER_LIFE = 2;
    private static final long SHORTEST_MILLIS = 100;
    private static final long LONGEST_MILLIS = 600_000;

    private final List<Use<?>> uses = new ArrayList<>();
    private int at;
    private long begun;
    private long next = Long.MAX_VALUE;

    void add(Use<?> use) {
        if (use.config().cleanUp().background() > 0) {
            uses.add(use);
            next = Long.MIN_VALUE;
        }
    }

    boolean isEmpty() {
        return uses.isEmpty();
    }

    long next() {
        return next;
    }

    boolean clean(KeyedStateBackend<?> backend, long now, int often) {
        if (uses.isEmpty() || now < next && !wentBack(now)) {
            return false;
        }
        if (at == 0) {
            begun = now;
        }
        Use<?> use = uses.get(at);
        long entries = (long) often * use.config().cleanUp().background();
        if (backend.sweep(use.name(), (int) Math.min(entries, Integer.MAX_VALUE))) {
            at++;
        }
        if (at < uses.size()) {
            return true;
        }
        at = 0;
        next = begun + pause();
        return false;
    }

    /** Whether the clock was set back: then nobody knows how long to rest. */
    private boolean wentBack(long now) {
        return now < begun;
    }

    private long pause() {
        long shortest = LONGEST_MILLIS;
        for (Use<?> use : uses) {
            shortest = Math.min(shortest, use.config().timeToLive().toMillis() / ROUNDS_PER_LIFE);
        }
        return Math.max(SHORTEST_MILLIS, shortest);
    }
}
