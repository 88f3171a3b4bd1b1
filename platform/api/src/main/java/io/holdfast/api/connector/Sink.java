package io.holdfast.api.connector;

import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.RuntimeContext;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the records of a stream; one object per subtask, used by one thread.
 *
 * <p>Order of calls: {@link #open}; {@link #initializeState}; then {@link #write}, {@link
 * #snapshotState}, {@link #commit}; when the input ended, {@link #finish}; last, {@link #close}, in
 * every case. Exactly once is reached in two phases: {@code snapshotState} makes what was written
 * since the last call durable but invisible and stores how to find it; {@code commit} makes it
 * visible, once its checkpoint is complete. After a restart, what the restored checkpoint holds
 * must be committed again, without harm if it was already.
 *
 * @param <T> type of the records
 */
@ConsumerType
public interface Sink<T> extends AutoCloseable {

    /**
     * Called first.
     *
     * @param context tells who this subtask is
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    default void open(RuntimeContext context) throws Exception {}

    /**
     * Called before the first record, also without anything to restore.
     *
     * @param context gives the operator state
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    default void initializeState(FunctionInitializationContext context) throws Exception {}

    /**
     * Takes a record.
     *
     * @param record the record
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    void write(T record) throws Exception;

    /**
     * Called at each checkpoint, between two records.
     *
     * @param context names the checkpoint
     * @throws Exception any failure: the checkpoint is declined
     */
    default void snapshotState(FunctionSnapshotContext context) throws Exception {}

    /**
     * Called when a checkpoint is complete. Ids grow; some may be left out, and what was prepared
     * for those is committed too.
     *
     * @param checkpointId id of the checkpoint
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    default void commit(long checkpointId) throws Exception {}

    /**
     * Called when the input ended, before the last checkpoint if the job makes checkpoints; if it
     * makes none, what was written must be visible on return.
     *
     * @param lastCheckpoint true if a checkpoint and its commit follow
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    default void finish(boolean lastCheckpoint) throws Exception {}

    @Override
    default void close() throws Exception {}
}
