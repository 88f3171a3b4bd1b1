package io.holdfast.runtime.checkpoint;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Which checkpoint is due, and when the next periodic one will be. Knows no clock: it is told the
 * time in nanoseconds since some moment. Used by the coordinator's thread.
 *
 * <p>What was asked for is due as soon as a slot is free. A periodic one is due one interval after
 * the start of the one before, and not before the minimal pause has passed since anything ended.
 */
final class CheckpointSchedule {
    private final CheckpointSettings settings;
    private final Deque<CheckpointOrder> askedFor = new ArrayDeque<>();
    private long lastPeriodicStart;
    private long earliestNext;

    CheckpointSchedule(CheckpointSettings settings) {
        this.settings = settings;
    }

    /** The tasks of the job run: the interval begins. */
    void started(long now) {
        lastPeriodicStart = now;
        earliestNext = now;
    }

    /** A checkpoint has ended, however: the pause begins. */
    void ended(long now) {
        earliestNext = now + nanos(settings.minPause());
    }

    /** Asks for one beside the periodic ones. */
    void ask(CheckpointOrder order) {
        askedFor.add(order);
    }

    /** Forgets what was asked for and not taken. */
    List<CheckpointOrder> withdraw() {
        List<CheckpointOrder> withdrawn = List.copyOf(askedFor);
        askedFor.clear();
        return withdrawn;
    }

    /**
     * Tells whether one more may begin.
     *
     * @param open how many have begun and not ended
     */
    boolean hasFreeSlot(int open) {
        return open < settings.maxConcurrent();
    }

    /** What is to begin now, if a slot is free. A periodic one counts as begun. */
    Optional<CheckpointOrder> takeDue(long now, int open) {
        if (!askedFor.isEmpty()) {
            return Optional.of(askedFor.remove());
        }
        if (untilPeriodic(now, open).filter(Duration::isZero).isEmpty()) {
            return Optional.empty();
        }
        lastPeriodicStart = now;
        return Optional.of(CheckpointOrder.checkpoint(StopMode.NONE));
    }

    /**
     * How long no periodic one is due.
     *
     * @return zero if one is; empty if there are none, or as long as one must not overlap what is
     *     open: the pause is counted from its end
     */
    Optional<Duration> untilPeriodic(long now, int open) {
        if (!settings.isPeriodic() || (open > 0 && !settings.minPause().isZero())) {
            return Optional.empty();
        }
        long byInterval = lastPeriodicStart + nanos(settings.interval()) - now;
        long byPause = earliestNext - now;
        return Optional.of(Duration.ofNanos(Math.max(0, Math.max(byInterval, byPause))));
    }

    /** Nanoseconds, at most a century, so that sums do not overflow. */
    private static long nanos(Duration duration) {
        return Math.min(duration.toSeconds(), 100L * 365 * 24 * 3600) * 1_000_000_000L
                + duration.toNanosPart();
    }
}
