package io.holdfast.benchmarks.state;

/** Timers of many keys, in the order of time. */
public interface TimerStore extends Store {

    /** Adds a timer, which is not there yet. */
    void register(long key, long time) throws Exception;

    /**
     * Takes out the earliest timer; there is one.
     *
     * @return its time
     */
    long fire() throws Exception;

    /** The key of the timer that {@link #fire()} took out last. */
    long firedKey();
}
