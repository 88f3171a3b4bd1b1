package io.holdfast.api.process;

import org.osgi.annotation.versioning.ConsumerType;

/** A function whose own fields are made fault tolerant through operator state. */
@ConsumerType
public interface CheckpointedFunction {

    /**
     * Called at each checkpoint, between two records: puts the fields into state.
     *
     * @param context names the checkpoint
     * @throws Exception any failure: the checkpoint is declined
     */
    void snapshotState(FunctionSnapshotContext context) throws Exception;

    /**
     * Called once per start, before {@link RichFunction#open()}: takes the fields from state.
     *
     * @param context gives the state
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    void initializeState(FunctionInitializationContext context) throws Exception;
}
