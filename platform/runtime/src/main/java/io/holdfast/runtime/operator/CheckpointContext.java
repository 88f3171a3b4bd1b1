package io.holdfast.runtime.operator;

import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.RawKeyedStateOutput;
import io.holdfast.runtime.state.RawKeyedSnapshot;
import io.holdfast.runtime.state.RawKeyedState;
import io.holdfast.runtime.state.RawKeyedWriter;
import java.util.Optional;

/**
 * What the functions of one operator see of one checkpoint, from its barrier until {@link #end}.
 * Used by the task's thread.
 */
public final class CheckpointContext implements FunctionSnapshotContext {
    private final long checkpointId;
    private final long checkpointTimestamp;
    private final String operatorName;
    private final Optional<RawKeyedState> rawKeyed;
    private RawKeyedWriter writer;
    private boolean ended;

    /**
     * A context.
     *
     * @param checkpointId id of the checkpoint
     * @param checkpointTimestamp when it was triggered, in milliseconds
     * @param operatorName names the operator in messages
     * @param rawKeyed the operator's raw keyed state, if its input has keys
     */
    public CheckpointContext(
            long checkpointId,
            long checkpointTimestamp,
            String operatorName,
            Optional<RawKeyedState> rawKeyed) {
        this.checkpointId = checkpointId;
        this.checkpointTimestamp = checkpointTimestamp;
        this.operatorName = operatorName;
        this.rawKeyed = rawKeyed;
    }

    @Override
    public long checkpointId() {
        return checkpointId;
    }

    @Override
    public long checkpointTimestamp() {
        return checkpointTimestamp;
    }

    @Override
    public RawKeyedStateOutput rawKeyedStateOutput() {
        if (writer == null) {
            writer = rawKeyed.orElseThrow(() -> RawKeyedState.withoutKeys(operatorName)).writer();
            if (ended) {
                writer.end();
            }
        }
        return writer;
    }

    /**
     * The raw keyed state that belongs into the checkpoint: what the function wrote, or else what
     * was restored and it did not ask for.
     *
     * @return the bytes, or empty if there are none
     */
    public Optional<RawKeyedSnapshot> rawKeyedSnapshot() {
        Optional<RawKeyedSnapshot> snapshot =
                writer == null ? rawKeyed.map(RawKeyedState::kept) : Optional.of(writer.snapshot());
        return snapshot.filter(content -> !content.isEmpty());
    }

    /** The functions are done: what they write later is refused. */
    public void end() {
        ended = true;
        if (writer != null) {
            writer.end();
        }
    }
}
