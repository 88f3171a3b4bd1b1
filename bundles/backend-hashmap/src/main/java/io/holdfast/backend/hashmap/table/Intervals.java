package io.holdfast.backend.hashmap.table;

/**
 * Time as incremental checkpoints cut it: each ends an interval, and what changes next belongs to
 * another one. Tells tables whether and in which interval to note what changes. For the task's
 * thread.
 */
public final class Intervals {
    /** What {@link #present()} says as long as nobody wants to know what changes. */
    public static final int NONE = 0;

    private int present = NONE;
    private int confirmed = NONE;

    /** The interval that changes belong to, or {@link #NONE}. */
    public int present() {
        return present;
    }

    /** The newest interval whose changes, and all before, are in a completed checkpoint. */
    public int confirmed() {
        return confirmed;
    }

    /**
     * Ends the present interval, and begins the next one.
     *
     * @return the one that ended; {@code NONE + 1} the first time, although nothing was noted in it
     */
    public int end() {
        int ended = Math.max(present, NONE + 1);
        present = ended + 1;
        return ended;
    }

    /** Changes up to the end of an interval are in a completed checkpoint. */
    public void confirm(int interval) {
        confirmed = Math.max(confirmed, interval);
    }
}
