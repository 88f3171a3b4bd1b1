package io.holdfast.runtime.inspect;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.RestoredOperator.StatePart;
import io.holdfast.runtime.state.RestoredOperatorState;
import io.holdfast.runtime.state.StoredState;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.EntryVisitor;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import io.holdfast.toolkit.metadata.OperatorStateHandle;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through the entries of one operator until somebody has enough. Used by one thread, once. */
final class EntryScan {
    private final KeyedSnapshots snapshots;
    private final SnapshotSource source;
    private final OperatorMetadata operator;
    private final EntryFilter filter;
    private final StoredEntry.Visitor visitor;

    /** Ends the reading of a stream early. */
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1L;
    }

    EntryScan(
            KeyedSnapshots snapshots,
            SnapshotSource source,
            OperatorMetadata operator,
            EntryFilter filter,
            StoredEntry.Visitor visitor) {
        this.snapshots = snapshots;
        this.source = source;
        this.operator = operator;
        this.filter = filter;
        this.visitor = visitor;
    }

    /**
     * Reads.
     *
     * @return false if the visitor had enough
     * @throws HoldfastException if something is damaged or cannot be read
     */
    boolean run() throws IOException {
        try {
            for (int i = 0; i < operator.subtasks().size(); i++) {
                OperatorSnapshot subtask = operator.subtasks().get(i);
                int number = i;
                for (KeyedSnapshotHandle handle : subtask.keyed()) {
                    snapshots.read(
                            operator.name(),
                            handle,
                            operator.maxParallelism(),
                            header -> keyed(number, header));
                }
                if (subtask.operatorState().isPresent()) {
                    unkeyed(number, subtask.operatorState().get());
                }
            }
            return true;
        } catch (Enough e) {
            return false;
        }
    }

    private EntryVisitor keyed(int subtask, CanonicalHeader header) {
        List<Optional<Decoding>> decodings =
                header.states().stream()
                        .map(
                                state ->
                                        filter.takesState(state.name())
                                                ? Optional.of(new Decoding(header, state))
                                                : Optional.<Decoding>empty())
                        .toList();
        if (decodings.stream().allMatch(Optional::isEmpty)) {
            return null;
        }
        return (state, keyGroup, key, keyAt, keyLength, value, valueAt, valueLength) -> {
            Optional<Decoding> decoding = decodings.get(state);
            if (decoding.isEmpty()) {
                return;
            }
            String name = header.states().get(state).name();
            StoredEntry entry;
            try {
                Decoding.Parts parts = decoding.get().key(key, keyAt, keyLength);
                if (!filter.takesKey(parts.key())) {
                    return;
                }
                entry =
                        new StoredEntry(
                                operator.name(),
                                name,
                                subtask,
                                Optional.of(parts.key()),
                                parts.namespace(),
                                parts.mapKey(),
                                decoding.get()
                                        .value(key, keyAt, keyLength, value, valueAt, valueLength));
            } catch (IOException | RuntimeException e) {
                throw unreadable(name, "in key group " + keyGroup, e);
            }
            give(entry);
        };
    }

    private void unkeyed(int subtask, OperatorStateHandle handle) throws IOException {
        List<StatePart> parts = new ArrayList<>();
        for (OperatorStateHandle.NamedState state : handle.states()) {
            // The copies of a broadcast state are equal: one of them is shown.
            boolean copy = state.distribution() == Distribution.BROADCAST && subtask > 0;
            if (filter.takesState(state.name()) && filter.key().isEmpty() && !copy) {
                parts.add(
                        new StatePart(
                                state.name(),
                                state.distribution(),
                                state.serializers(),
                                state.offsets(),
                                handle.data()));
            }
        }
        RestoredOperatorState restored = RestoredOperatorState.read(parts, source, operator.name());
        for (StoredState state : restored.states().values()) {
            for (byte[] element : state.elements()) {
                List<Object> read;
                try {
                    read = Decoding.elements(state.serializers(), element);
                } catch (IOException | RuntimeException e) {
                    throw unreadable(state.name(), "of subtask " + subtask, e);
                }
                boolean map = read.size() == 2;
                give(
                        new StoredEntry(
                                operator.name(),
                                state.name(),
                                subtask,
                                Optional.empty(),
                                Optional.empty(),
                                map ? Optional.of(read.get(0)) : Optional.empty(),
                                read.get(read.size() - 1)));
            }
        }
    }

    private void give(StoredEntry entry) throws Enough {
        if (!visitor.entry(entry)) {
            throw new Enough();
        }
    }

    private HoldfastException unreadable(String state, String where, Exception cause) {
        return Problem.data(
                        "SNAPSHOT-4404",
                        "An entry of state '%s' of '%s' %s is not what its description says."
                                .formatted(state, operator.name(), where))
                .with("because", cause)
                .advise(
                        "restore another checkpoint; if the job reads this one, a serializer of its"
                                + " own writes something else than it describes")
                .exception(cause);
    }
}
