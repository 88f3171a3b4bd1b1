package io.holdfast.legacy;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.TernaryBoolean;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.spi.state.StateBackend;

/**
 * Holds working state on the heap, and writes snapshots while the job goes on or not.
 *
 * @param asynchronous whether snapshots are written while the job goes on
 */
record HeapPart(TernaryBoolean asynchronous) {

    HeapPart filledFrom(ReadableConfig config) {
        if (!config.get(LegacyOptions.ASYNCHRONOUS_FLAG_HONOURED)) {
            return new HeapPart(TernaryBoolean.TRUE);
        }
        return new HeapPart(
                asynchronous.resolveUndefined(config.get(CheckpointingOptions.ASYNC_SNAPSHOTS)));
    }

    /** What was said in code. */
    Configuration fixedSettings() {
        Boolean said = asynchronous.getAsBoolean();
        return said == null
                ? new Configuration()
                : new Configuration().set(CheckpointingOptions.ASYNC_SNAPSHOTS, said);
    }

    boolean isAsynchronous() {
        return asynchronous.getOrDefault(CheckpointingOptions.ASYNC_SNAPSHOTS.defaultValue());
    }

    StateBackend backend() {
        StateBackend heap = new HashMapStateBackend();
        return isAsynchronous() ? heap : new SynchronousSnapshots(heap);
    }

    /** What to add to a description. */
    String note() {
        return isAsynchronous() ? "" : "; snapshots are synchronous, for debugging only";
    }
}
