package io.holdfast.runtime.checkpoint;

import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.util.Map;

/**
 * Where tasks answer a barrier. Every task answers each barrier once, from any thread; the calls do
 * not block and do not throw, also when the checkpoint was aborted long ago.
 */
public interface CheckpointResponder {

    /**
     * All state of a task is written.
     *
     * @param task the task
     * @param checkpointId id of the barrier
     * @param snapshots state by operator id; operators without state may be left out
     * @param timings what it cost
     */
    void acknowledge(
            CheckpointTask task,
            long checkpointId,
            Map<String, OperatorSnapshot> snapshots,
            SnapshotTimings timings);

    /**
     * A task could not take its snapshot; the checkpoint is aborted.
     *
     * @param task the task
     * @param checkpointId id of the barrier
     * @param cause why
     */
    void decline(CheckpointTask task, long checkpointId, Throwable cause);
}
