package io.holdfast.runtime.checkpoint;

import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import java.util.List;
import java.util.Objects;

/**
 * What one subtask of one operator starts with.
 *
 * @param isRestored true if the job continues from a checkpoint or savepoint, even if that holds
 *     nothing for this operator
 * @param keyed snapshots that together hold the subtask's key groups, and possibly others; for
 *     {@code KeyedBackendRequest.restoreFrom}
 * @param rawKeyed streams that hold what was written for the subtask's key groups, and possibly for
 *     others
 * @param operatorState parts of named operator states, those of one state behind each other
 */
public record RestoredOperator(
        boolean isRestored,
        List<KeyedSnapshotHandle> keyed,
        List<ByKeyGroup> rawKeyed,
        List<StatePart> operatorState) {

    /** Of a job that starts afresh. */
    public static final RestoredOperator FRESH =
            new RestoredOperator(false, List.of(), List.of(), List.of());

    /** Copies the lists. */
    public RestoredOperator {
        keyed = List.copyOf(keyed);
        rawKeyed = List.copyOf(rawKeyed);
        operatorState = List.copyOf(operatorState);
    }

    /**
     * Some elements of one named operator state, in one stream.
     *
     * @param name the state's name
     * @param distribution how it was dealt out
     * @param serializers what wrote it: of the elements if it is a list, of keys and values if it
     *     is a broadcast map
     * @param offsets where each element for this subtask begins, at least one; for {@code
     *     BROADCAST} where the map begins; not copied, not to be changed
     * @param data the stream
     */
    public record StatePart(
            String name,
            Distribution distribution,
            List<SerializerSnapshot> serializers,
            long[] offsets,
            StreamHandle data) {
        /** Refuses null, copies the list. */
        public StatePart {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(distribution, "distribution");
            serializers = List.copyOf(serializers);
            Objects.requireNonNull(offsets, "offsets");
            Objects.requireNonNull(data, "data");
        }
    }
}
