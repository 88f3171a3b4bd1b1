package io.holdfast.runtime.state;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.SnapshotScope;
import io.holdfast.spi.snapshot.SnapshotSink;
import io.holdfast.toolkit.metadata.OperatorStateHandle;
import java.io.IOException;
import java.util.List;

/** Operator state at one moment. */
public final class OperatorStateSnapshot {
    private final List<OperatorStates.Snapshot> states;

    OperatorStateSnapshot(List<OperatorStates.Snapshot> states) {
        this.states = states;
    }

    /**
     * Tells whether there is anything to write.
     *
     * @return true if no state was ever asked for or restored
     */
    public boolean isEmpty() {
        return states.isEmpty();
    }

    /**
     * Writes it as one stream.
     *
     * @param sink takes the bytes
     * @return refers to them
     * @throws IOException if they cannot be encoded or stored
     */
    public OperatorStateHandle write(SnapshotSink sink) throws IOException {
        OperatorStateFormat.Writer writer = new OperatorStateFormat.Writer();
        for (OperatorStates.Snapshot state : states) {
            writer.write(state.encode());
        }
        try (SnapshotOutput out = sink.create(SnapshotScope.EXCLUSIVE)) {
            out.write(writer.finish());
            return new OperatorStateHandle(writer.states(), out.finish());
        }
    }
}
