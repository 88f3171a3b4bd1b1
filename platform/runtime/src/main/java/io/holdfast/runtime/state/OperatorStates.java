package io.holdfast.runtime.state;

import io.holdfast.api.error.Problem;
import io.holdfast.api.process.OperatorStateStore;
import io.holdfast.api.serialization.Compatibility;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.SerializerSnapshot;
import io.holdfast.api.state.BroadcastState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator state of one subtask of one operator. Used by the task's thread. What was restored
 * and is never asked for stays in every later snapshot.
 */
public final class OperatorStates implements OperatorStateStore {

    /** A state that can be put into a snapshot. */
    interface Snapshotted {
        Snapshot copy();
    }

    /** The content of one state at one moment; encoded later, on another thread. */
    interface Snapshot {
        StoredState encode() throws IOException;
    }

    /**
     * A state that was asked for.
     *
     * @param descriptor how it was described
     * @param how how its elements find their subtasks
     */
    public record Asked(StateDescriptor<?, ?> descriptor, Distribution how) {

        /**
         * Asks others for the same.
         *
         * @param states where to ask
         */
        public void again(OperatorStateStore states) {
            if (descriptor instanceof MapStateDescriptor<?, ?> map) {
                states.getBroadcastState(map);
            } else if (how == Distribution.UNION) {
                states.getUnionListState((ListStateDescriptor<?>) descriptor);
            } else {
                states.getListState((ListStateDescriptor<?>) descriptor);
            }
        }
    }

    private record Registered(
            StateDescriptor<?, ?> descriptor, Distribution how, Snapshotted state) {}

    private final String operator;
    private final Map<String, StoredState> restored;
    private final Map<String, Registered> states = new LinkedHashMap<>();

    /**
     * State as it was restored.
     *
     * @param operator names the operator in messages
     * @param restored what to begin with
     */
    public OperatorStates(String operator, RestoredOperatorState restored) {
        this.operator = operator;
        this.restored = new LinkedHashMap<>(restored.states());
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return list(descriptor, Distribution.SPLIT);
    }

    @Override
    public <T> ListState<T> getUnionListState(ListStateDescriptor<T> descriptor) {
        return list(descriptor, Distribution.UNION);
    }

    @SuppressWarnings("unchecked")
    private <T> ListState<T> list(ListStateDescriptor<T> descriptor, Distribution how) {
        Registered present = present(descriptor, how);
        if (present != null) {
            return (ListState<T>) present.state();
        }
        HeapListState<T> state = new HeapListState<>(descriptor, how);
        StoredState stored = restored(descriptor, how);
        if (stored != null) {
            Serializer<T> reader = reader(descriptor, 0, descriptor.serializer(), stored);
            try {
                state.decode(stored.elements(), reader);
            } catch (IOException e) {
                throw unreadable(descriptor, e);
            }
            restored.remove(descriptor.name());
        }
        states.put(descriptor.name(), new Registered(descriptor, how, state));
        return state;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor) {
        Registered present = present(descriptor, Distribution.BROADCAST);
        if (present != null) {
            return (BroadcastState<K, V>) present.state();
        }
        HeapBroadcastState<K, V> state = new HeapBroadcastState<>(descriptor);
        StoredState stored = restored(descriptor, Distribution.BROADCAST);
        if (stored != null) {
            Serializer<K> keys = reader(descriptor, 0, descriptor.keySerializer(), stored);
            Serializer<V> values = reader(descriptor, 1, descriptor.serializer(), stored);
            try {
                state.decode(stored.elements(), keys, values);
            } catch (IOException e) {
                throw unreadable(descriptor, e);
            }
            restored.remove(descriptor.name());
        }
        states.put(descriptor.name(), new Registered(descriptor, Distribution.BROADCAST, state));
        return state;
    }

    private Registered present(StateDescriptor<?, ?> descriptor, Distribution how) {
        descriptor.timeToLive().ifPresent(config -> refuseTimeToLive(descriptor, config));
        Registered present = states.get(descriptor.name());
        if (present != null
                && (present.how() != how
                        || !present.descriptor()
                                .serializer()
                                .snapshot()
                                .equals(descriptor.serializer().snapshot()))) {
            throw mismatch(
                    descriptor,
                    "%s %s".formatted(present.how(), present.descriptor()),
                    "%s %s".formatted(how, descriptor));
        }
        return present;
    }

    private void refuseTimeToLive(StateDescriptor<?, ?> descriptor, StateTtlConfig config) {
        throw Problem.user(
                        "STATE-3023",
                        "Operator state '%s' of '%s' is asked for with a time to live."
                                .formatted(descriptor.name(), operator))
                .with("time to live", config.timeToLive())
                .with("possible", "keyed state, each value of which has its time")
                .advise("leave withTimeToLive away, or key the stream and use keyed state")
                .exception();
    }

    /** Gives a value back, or refuses it if it is null. */
    static <T> T notNull(StateDescriptor<?, ?> descriptor, T value) {
        if (value == null) {
            throw Problem.user(
                            "STATE-3018",
                            "Operator state '%s' cannot take null.".formatted(descriptor.name()))
                    .advise("leave the element out, or store something that stands for it")
                    .exception();
        }
        return value;
    }

    private StoredState restored(StateDescriptor<?, ?> descriptor, Distribution how) {
        StoredState stored = restored.get(descriptor.name());
        if (stored != null && stored.distribution() != how) {
            throw mismatch(descriptor, stored.distribution().toString(), how.toString());
        }
        return stored;
    }

    private <T> Serializer<T> reader(
            StateDescriptor<?, ?> descriptor, int part, Serializer<T> wanted, StoredState stored) {
        SerializerSnapshot written = stored.serializers().get(part);
        Compatibility<T> verdict = wanted.compatibilityWith(written);
        if (verdict instanceof Compatibility.AfterMigration<T> migration) {
            return migration.reader();
        }
        if (verdict instanceof Compatibility.Reconfigured<T> reconfigured) {
            return reconfigured.serializer();
        }
        if (verdict instanceof Compatibility.Incompatible<T> no) {
            throw mismatch(descriptor, written.toString(), no.reason());
        }
        return wanted;
    }

    private RuntimeException mismatch(
            StateDescriptor<?, ?> descriptor, String stored, String wanted) {
        return Problem.user(
                        "STATE-3007",
                        "Operator state '%s' of '%s' does not fit what there is."
                                .formatted(descriptor.name(), operator))
                .with("present", stored)
                .with("wanted", wanted)
                .advise("keep kind and type of the state, or give the new one another name")
                .exception();
    }

    private RuntimeException unreadable(StateDescriptor<?, ?> descriptor, IOException cause) {
        return Problem.data(
                        "SNAPSHOT-4022",
                        "Operator state '%s' of '%s' cannot be decoded: %s"
                                .formatted(descriptor.name(), operator, cause.getMessage()))
                .advise("restore an earlier checkpoint")
                .exception(cause);
    }

    /**
     * What was asked for so far.
     *
     * @return in this order
     */
    public List<Asked> asked() {
        return states.values().stream()
                .map(state -> new Asked(state.descriptor(), state.how()))
                .toList();
    }

    /**
     * Fixes the content of all states.
     *
     * @return the content, to be written on another thread
     */
    public OperatorStateSnapshot snapshot() {
        List<Snapshot> copies = new ArrayList<>();
        states.values().forEach(registered -> copies.add(registered.state().copy()));
        restored.values().forEach(stored -> copies.add(() -> stored));
        return new OperatorStateSnapshot(copies);
    }
}
