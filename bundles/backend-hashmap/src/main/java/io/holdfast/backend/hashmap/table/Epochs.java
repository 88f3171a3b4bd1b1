package io.holdfast.backend.hashmap.table;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells the parts of a backend that a running snapshot may still read from those that the task may
 * write in place.
 *
 * <p>Time is cut into epochs; fixing a snapshot holds the present epoch and begins the next. A part
 * that was made in an epoch after the newest one held is known to no snapshot. Everything else is
 * copied before it is written, and the copy belongs to the present epoch.
 *
 * <p>The task's thread holds; any thread releases. {@link #newestHeld()} is volatile, so that what
 * a snapshot's thread has read before it released happens before what the task then writes in
 * place.
 */
public final class Epochs {
    /** What {@link #newestHeld()} says when no snapshot is held; older than every epoch. */
    public static final int NONE = 0;

    private final List<Integer> held = new ArrayList<>(4);
    private volatile int newestHeld = NONE;
    private int current = 1;

    /** The present epoch. For the task's thread. */
    public int current() {
        return current;
    }

    /** The newest epoch that a snapshot holds, or {@link #NONE}. */
    public int newestHeld() {
        return newestHeld;
    }

    /**
     * Ends the present epoch and keeps it unchanged until it is released. For the task's thread.
     */
    public synchronized int hold() {
        int epoch = current++;
        held.add(epoch);
        newestHeld = epoch;
        return epoch;
    }

    /** Lets go of an epoch. From any thread, once for each {@link #hold()}. */
    public synchronized void release(int epoch) {
        held.remove((Integer) epoch);
        newestHeld = held.isEmpty() ? NONE : held.get(held.size() - 1);
    }
}
