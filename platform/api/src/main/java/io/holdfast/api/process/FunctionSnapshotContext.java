package io.holdfast.api.process;

import org.osgi.annotation.versioning.ProviderType;

/** About the checkpoint at hand. */
@ProviderType
public interface FunctionSnapshotContext {

    /**
     * Id of the checkpoint.
     *
     * @return the id
     */
    long checkpointId();

    /**
     * When the checkpoint was triggered.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    long checkpointTimestamp();

    /**
     * Takes bytes of the function's own for the key groups of this subtask: state that no kind of
     * keyed state fits. They are given back by {@link
     * FunctionInitializationContext#rawKeyedStateInputs()}, on any backend and with any
     * parallelism. For functions of keyed streams only.
     *
     * @return the output, the same at every call of one checkpoint
     * @throws io.holdfast.api.error.HoldfastException STATE-3026 if the function's input has no
     *     keys, STATE-3031 if there are restored bytes that the function did not ask for, which
     *     would be lost
     */
    RawKeyedStateOutput rawKeyedStateOutput();
}
