package io.holdfast.runtime.checkpoint;

/**
 * A place in the stream that all tasks agree on: sources send it, all others pass it on when it has
 * come through each of their channels.
 */
public interface Cut {

    /**
     * Tells cuts of one job apart.
     *
     * @return the id, growing
     */
    long checkpointId();

    /**
     * Tells whether a channel waits behind the cut until it came through all others.
     *
     * @return false if records from behind it may be processed before
     */
    boolean holdsBack();
}
