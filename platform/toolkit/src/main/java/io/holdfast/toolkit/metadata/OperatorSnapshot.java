package io.holdfast.toolkit.metadata;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.StreamHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of one subtask of one operator.
 *
 * @param keyed its keyed state; none if it has none
 * @param operatorState its operator state, if it has any
 */
public record OperatorSnapshot(
        List<KeyedSnapshotHandle> keyed, Optional<OperatorStateHandle> operatorState) {

    /** Of a subtask without state. */
    public static final OperatorSnapshot EMPTY = new OperatorSnapshot(List.of(), Optional.empty());

    /** Refuses null, copies the list. */
    public OperatorSnapshot {
        keyed = List.copyOf(keyed);
        Objects.requireNonNull(operatorState, "operatorState");
    }

    /**
     * Tells whether there is no state in it.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return keyed.isEmpty() && operatorState.isEmpty();
    }

    /**
     * All streams it refers to.
     *
     * @return the streams; one that is referred to twice may appear twice
     */
    public Stream<StreamHandle> streams() {
        return Stream.concat(
                keyed.stream().flatMap(KeyedSnapshotHandle::streams),
                operatorState.stream().map(OperatorStateHandle::data));
    }
}
