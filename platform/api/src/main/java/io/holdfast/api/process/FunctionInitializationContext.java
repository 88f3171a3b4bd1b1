package io.holdfast.api.process;

import org.osgi.annotation.versioning.ProviderType;

/** What a function finds when it starts. */
@ProviderType
public interface FunctionInitializationContext {

    /**
     * Tells whether this start continues an earlier run.
     *
     * @return true after a restore
     */
    boolean isRestored();

    /**
     * The operator state.
     *
     * @return the store
     */
    OperatorStateStore operatorStateStore();

    /**
     * What the function wrote through {@link FunctionSnapshotContext#rawKeyedStateOutput()} for the
     * key groups that this subtask owns now, whichever subtasks wrote it. Whoever asks takes the
     * bytes over: what is not written again is gone with the next checkpoint. What nobody asks for
     * stays in every checkpoint as it is. For functions of keyed streams only.
     *
     * @return one for each key group that was started, in ascending order; empty without a restore;
     *     can be gone through more than once, until {@code initializeState} returns
     * @throws io.holdfast.api.error.HoldfastException STATE-3026 if the function's input has no
     *     keys, STATE-3029 if {@code initializeState} has returned
     */
    Iterable<RawKeyedStateInput> rawKeyedStateInputs();
}
