package io.holdfast.runtime.operator;

import io.holdfast.api.connector.Sink;
import io.holdfast.api.process.FunctionSnapshotContext;

/**
 * Writes to a {@link Sink}.
 *
 * @param <T> type of the records
 */
public final class SinkOperator<T> extends Operator<Void> {
    private final Sink<T> sink;

    /**
     * For one sink.
     *
     * @param sink the sink of this subtask
     */
    public SinkOperator(Sink<T> sink) {
        this.sink = sink;
    }

    @Override
    public void initialize() throws Exception {
        sink.open(context());
        sink.initializeState(context());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        sink.write((T) value);
    }

    @Override
    public void snapshot(FunctionSnapshotContext checkpoint) throws Exception {
        sink.snapshotState(checkpoint);
    }

    @Override
    public void checkpointCompleted(long checkpointId) throws Exception {
        sink.commit(checkpointId);
    }

    @Override
    public void finish(boolean lastCheckpoint) throws Exception {
        sink.finish(lastCheckpoint);
    }

    @Override
    public void close() throws Exception {
        sink.close();
    }
}
