package io.holdfast.runtime.operator;

import io.holdfast.api.process.CheckpointedFunction;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.RichFunction;

/** Takes a function through its life. */
public final class FunctionLifecycle {
    private final RichFunction function;
    private boolean opened;

    /**
     * For one function.
     *
     * @param function the function; more is done for one that is {@link CheckpointedFunction}
     */
    public FunctionLifecycle(RichFunction function) {
        this.function = function;
    }

    /**
     * Gives the function its context and its restored state.
     *
     * @param context where it runs
     * @throws Exception if the function fails
     */
    public void initialize(OperatorContext context) throws Exception {
        function.setRuntimeContext(context);
        if (function instanceof CheckpointedFunction checkpointed) {
            checkpointed.initializeState(context);
        }
    }

    /**
     * Opens the function.
     *
     * @throws Exception if the function fails
     */
    public void open() throws Exception {
        opened = true;
        function.open();
    }

    /**
     * Lets the function put its fields into state.
     *
     * @param checkpoint names the checkpoint
     * @throws Exception if the function fails
     */
    public void snapshot(FunctionSnapshotContext checkpoint) throws Exception {
        if (function instanceof CheckpointedFunction checkpointed) {
            checkpointed.snapshotState(checkpoint);
        }
    }

    /**
     * Closes the function if it was opened.
     *
     * @throws Exception if the function fails
     */
    public void close() throws Exception {
        if (opened) {
            opened = false;
            function.close();
        }
    }
}
