package io.holdfast.runtime.checkpoint;

/** What follows a checkpoint. */
public enum StopMode {
    /** The job goes on. */
    NONE,
    /**
     * Nothing follows: sources stop behind the barrier and wait. When the checkpoint is complete
     * the tasks end; if it is aborted the sources go on.
     */
    SUSPEND,
    /**
     * As {@link #SUSPEND}, but the sources send the end of event time before the barrier, so that
     * windows and timers fire. Also of the checkpoint at the end of all input. A job cannot go on
     * behind it: if it is aborted, the caller who asked for it either asks again or restarts the
     * job.
     */
    DRAIN
}
