package io.holdfast.runtime.checkpoint;

import java.util.List;

/**
 * One subtask of one chain of operators, as the coordinator sees it. Compared by identity: after a
 * restart there are new tasks.
 *
 * <p>The coordinator's thread calls {@link #trigger}, {@link #completed} and {@link #aborted}: none
 * may block or throw. A task that handles a barrier must first have told its backends and functions
 * of every {@code completed} and {@code aborted} that was called before that barrier was triggered;
 * it is enough to look through the calls that wait at the moment the barrier is handled.
 */
public interface CheckpointTask {

    /**
     * Names the chain, for messages.
     *
     * @return such as {@code count -> print}
     */
    String name();

    /**
     * Which subtask of the chain it is.
     *
     * @return 0 or more
     */
    int subtask();

    /**
     * The operators of the chain.
     *
     * @return their ids; an acknowledgement may have a snapshot for each, and for no other
     */
    List<String> operatorIds();

    /**
     * Tells whether checkpoints begin here.
     *
     * @return true if {@link #trigger} is to be called
     */
    boolean isSource();

    /**
     * Asks a source to take a snapshot and send a barrier, as soon as it is between two records.
     *
     * @param barrier the barrier
     */
    void trigger(Barrier barrier);

    /**
     * A checkpoint that this task acknowledged is complete and durable: what was prepared for it
     * may be committed. Ids grow. Not called for a savepoint after which the job goes on, since a
     * job does not restart from it.
     *
     * @param checkpointId id of the checkpoint
     */
    void completed(long checkpointId);

    /**
     * A checkpoint or savepoint that was triggered will never be complete. The task stops what it
     * still does for it. May be called for ids the task has not seen yet.
     *
     * @param checkpointId id of the checkpoint
     */
    void aborted(long checkpointId);
}
