package io.holdfast.runtime.checkpoint;

import java.time.Duration;
import java.time.Instant;

/**
 * Time and threads of a coordinator, so that tests can step them. May be used by several threads.
 */
public interface CoordinatorThreads {

    /** Takes a scheduled action back. */
    @FunctionalInterface
    interface Timer {
        /** Keeps the action from being run, if it has not begun. */
        void cancel();
    }

    /**
     * Runs an action on the coordinator's thread: one after the other, in the order of the calls.
     * Dropped if that thread has ended.
     *
     * @param action what to do; does not block
     */
    void execute(Runnable action);

    /**
     * Runs an action on the coordinator's thread later.
     *
     * @param delay how much later
     * @param action what to do; does not block
     * @return takes it back
     */
    Timer schedule(Duration delay, Runnable action);

    /**
     * Runs an action that may block, at once, whatever else blocks.
     *
     * @param action what to do
     */
    void executeBlocking(Runnable action);

    /**
     * A clock that never goes back.
     *
     * @return nanoseconds since some moment
     */
    long nanoTime();

    /**
     * What people call the time.
     *
     * @return the time
     */
    Instant now();
}
