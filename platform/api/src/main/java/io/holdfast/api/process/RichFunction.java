package io.holdfast.api.process;

/** A function with a life cycle; one object per subtask, used by one thread. */
public abstract class RichFunction {
    private RuntimeContext runtimeContext;

    /** For subclasses. */
    protected RichFunction() {}

    /**
     * Called once before the first record, after {@link CheckpointedFunction#initializeState}.
     *
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public void open() throws Exception {}

    /**
     * Called once at the end, also after a failure, if {@link #open()} was called.
     *
     * @throws Exception logged
     */
    public void close() throws Exception {}

    /**
     * Where this function runs.
     *
     * @return the context, from {@link #open()} on
     */
    public final RuntimeContext getRuntimeContext() {
        if (runtimeContext == null) {
            throw new IllegalStateException("the function is not opened yet");
        }
        return runtimeContext;
    }

    /**
     * Called by the engine before all else.
     *
     * @param context where this function runs
     */
    public final void setRuntimeContext(RuntimeContext context) {
        runtimeContext = context;
    }
}
