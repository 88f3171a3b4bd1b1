package io.holdfast.runtime.operator;

import io.holdfast.api.process.FunctionSnapshotContext;

/**
 * One step of a job in one subtask. Calls come in this order: {@link #setUp}, {@link #initialize},
 * {@link #open}; then records, watermarks and checkpoints; {@link #finish} when the input ended;
 * {@link #close} in every case, if {@code initialize} was called.
 *
 * @param <O> type of the records it emits
 */
public abstract class Operator<O> {
    private OperatorContext context;
    private Output<O> output;
    private long watermarkSeen = Long.MIN_VALUE;
    private long eventTime = Long.MIN_VALUE;

    /** For subclasses. */
    protected Operator() {}

    /**
     * Connects the operator.
     *
     * @param place where it runs
     * @param next where it emits to
     */
    public final void setUp(OperatorContext place, Output<O> next) {
        context = place;
        output = next;
    }

    /**
     * Where it runs.
     *
     * @return the context
     */
    protected final OperatorContext context() {
        return context;
    }

    /**
     * Where it emits to.
     *
     * @return the output
     */
    protected final Output<O> output() {
        return output;
    }

    /**
     * The watermark that came last.
     *
     * @return event time in milliseconds, {@link Long#MIN_VALUE} before the first
     */
    protected final long watermarkSeen() {
        return watermarkSeen;
    }

    /**
     * How far time has come by the records. Not the end of time, which comes when the input ends:
     * nothing is too old because of that.
     *
     * @return the last watermark but for that one, {@link Long#MIN_VALUE} before the first
     */
    public final long eventTime() {
        return eventTime;
    }

    /**
     * Takes over restored state.
     *
     * @throws Exception if that fails
     */
    public void initialize() throws Exception {}

    /**
     * Called before the first record.
     *
     * @throws Exception if the function fails
     */
    public void open() throws Exception {}

    /**
     * Processes a record.
     *
     * @param input which input it came from, 0 or 1
     * @param value the record
     * @param timestamp its event time, {@link Long#MIN_VALUE} if it has none
     * @throws Exception if the function fails
     */
    public abstract void process(int input, Object value, long timestamp) throws Exception;

    /**
     * Takes note of a watermark, acts on it, and passes it on.
     *
     * @param time the watermark, higher than all before
     * @throws Exception if a timer's function fails
     */
    public final void watermark(long time) throws Exception {
        watermarkSeen = time;
        if (time < Long.MAX_VALUE) {
            eventTime = time;
        }
        onWatermark(time);
    }

    /**
     * Acts on a watermark and passes it on; passes it on by default.
     *
     * @param time the watermark
     * @throws Exception if a timer's function fails
     */
    protected void onWatermark(long time) throws Exception {
        output.watermark(time);
    }

    /**
     * Puts what is held in fields into state.
     *
     * @param checkpoint names the checkpoint
     * @throws Exception any failure: the checkpoint is declined
     */
    public void snapshot(FunctionSnapshotContext checkpoint) throws Exception {}

    /**
     * Told when a checkpoint is complete.
     *
     * @param checkpointId its id
     * @throws Exception if a commit fails
     */
    public void checkpointCompleted(long checkpointId) throws Exception {}

    /**
     * Called when the input ended, behind the last watermark.
     *
     * @param lastCheckpoint true if a checkpoint and its completion follow
     * @throws Exception if the function fails
     */
    public void finish(boolean lastCheckpoint) throws Exception {}

    /**
     * Releases everything.
     *
     * @throws Exception logged
     */
    public void close() throws Exception {}
}
