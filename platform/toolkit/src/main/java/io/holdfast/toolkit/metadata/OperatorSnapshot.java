package io.holdfast.toolkit.metadata;

import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle.ByKeyGroup;
import io.holdfast.spi.snapshot.StreamHandle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of one subtask of one operator.
 *
 * @param keyed its keyed state, as its backend wrote it; none if it has none
 * @param rawKeyed bytes that its function wrote for key groups, if it wrote any; of a format whose
 *     name begins with {@value #RAW_KEYED}
 * @param operatorState its operator state, if it has any
 */
public record OperatorSnapshot(
        List<KeyedSnapshotHandle> keyed,
        Optional<ByKeyGroup> rawKeyed,
        Optional<OperatorStateHandle> operatorState) {

    /** How the names of formats of raw keyed state begin; no backend's format may. */
    public static final String RAW_KEYED = "raw-keyed/";

    /** Of a subtask without state. */
    public static final OperatorSnapshot EMPTY =
            new OperatorSnapshot(List.of(), Optional.empty(), Optional.empty());

    /**
     * Refuses null, a backend's snapshot that says it is raw, and a raw one that does not; copies
     * the list.
     */
    public OperatorSnapshot {
        keyed = List.copyOf(keyed);
        Objects.requireNonNull(rawKeyed, "rawKeyed");
        Objects.requireNonNull(operatorState, "operatorState");
        if (keyed.stream().anyMatch(OperatorSnapshot::isRaw)
                || rawKeyed.isPresent() && !isRaw(rawKeyed.get())) {
            throw new IllegalArgumentException(
                    "formats of backends: %s, raw: %s"
                            .formatted(
                                    keyed.stream().map(KeyedSnapshotHandle::format).toList(),
                                    rawKeyed.map(KeyedSnapshotHandle::format)));
        }
    }

    /**
     * State of a subtask that has no raw keyed state.
     *
     * @param keyed its keyed state; none if it has none
     * @param operatorState its operator state, if it has any
     */
    public OperatorSnapshot(
            List<KeyedSnapshotHandle> keyed, Optional<OperatorStateHandle> operatorState) {
        this(keyed, Optional.empty(), operatorState);
    }

    static boolean isRaw(KeyedSnapshotHandle handle) {
        return handle.format().startsWith(RAW_KEYED);
    }

    /**
     * Tells whether there is no state in it.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return keyed.isEmpty() && rawKeyed.isEmpty() && operatorState.isEmpty();
    }

    /**
     * All streams it refers to.
     *
     * @return the streams; one that is referred to twice may appear twice
     */
    public Stream<StreamHandle> streams() {
        return Stream.of(
                        keyed.stream().flatMap(KeyedSnapshotHandle::streams),
                        rawKeyed.stream().map(ByKeyGroup::data),
                        operatorState.stream().map(OperatorStateHandle::data))
                .flatMap(streams -> streams);
    }
}
