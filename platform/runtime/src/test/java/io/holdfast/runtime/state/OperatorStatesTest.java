package io.holdfast.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.BroadcastState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.runtime.checkpoint.RestoredOperator.StatePart;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.testkit.fixture.MemorySnapshots;
import io.holdfast.toolkit.metadata.OperatorStateHandle;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Operator state comes back as it was, or not at all. */
final class OperatorStatesTest {
    private static final ListStateDescriptor<String> NAMES =
            new ListStateDescriptor<>("names", String.class);
    private static final MapStateDescriptor<Integer, String> RULES =
            new MapStateDescriptor<>("rules", Integer.class, String.class);

    private final MemorySnapshots snapshots = new MemorySnapshots();

    private OperatorStates empty() {
        return new OperatorStates("op", RestoredOperatorState.none());
    }

    private OperatorStates restored(OperatorStateHandle handle) throws IOException {
        List<StatePart> parts =
                handle.states().stream()
                        .map(
                                state ->
                                        new StatePart(
                                                state.name(),
                                                state.distribution(),
                                                state.serializers(),
                                                state.offsets(),
                                                handle.data()))
                        .toList();
        return new OperatorStates("op", RestoredOperatorState.read(parts, snapshots, "op"));
    }

    private OperatorStateHandle filled() throws IOException {
        OperatorStates states = empty();
        states.getListState(NAMES).addAll(List.of("a", "", "c"));
        BroadcastState<Integer, String> rules = states.getBroadcastState(RULES);
        rules.put(1, "one");
        rules.put(2, "two");
        return states.snapshot().write(snapshots);
    }

    @Test
    void comesBackAsItWas() throws IOException {
        OperatorStates states = restored(filled());

        assertThat(states.getListState(NAMES).get()).containsExactly("a", "", "c");
        BroadcastState<Integer, String> rules = states.getBroadcastState(RULES);
        assertThat(rules.get(1)).isEqualTo("one");
        assertThat(rules.immutableEntries()).hasSize(2);
    }

    @Test
    void aSnapshotDoesNotSeeWhatComesLater() throws IOException {
        OperatorStates states = empty();
        ListState<String> names = states.getListState(NAMES);
        names.add("before");
        OperatorStateSnapshot snapshot = states.snapshot();
        names.add("after");

        assertThat(restored(snapshot.write(snapshots)).getListState(NAMES).get())
                .containsExactly("before");
    }

    @Test
    void whatIsNotAskedForStaysInLaterSnapshots() throws IOException {
        OperatorStates unaware = restored(filled());
        OperatorStates again = restored(unaware.snapshot().write(snapshots));

        assertThat(again.getListState(NAMES).get()).containsExactly("a", "", "c");
        assertThat(again.getBroadcastState(RULES).get(2)).isEqualTo("two");
    }

    @Test
    void anotherTypeOrDistributionIsRefused() throws IOException {
        OperatorStates states = restored(filled());

        assertThatThrownBy(
                        () -> states.getListState(new ListStateDescriptor<>("names", Long.class)))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STATE-3007")
                .hasMessageContaining("string");
        assertThatThrownBy(() -> states.getUnionListState(NAMES))
                .hasMessageContaining("STATE-3007")
                .hasMessageContaining("SPLIT");
    }

    @Test
    void aTimeToLiveIsRefusedWhateverTheDistribution() throws IOException {
        OperatorStates states = restored(filled());
        StateTtlConfig config = StateTtlConfig.newBuilder(Duration.ofHours(1)).build();

        for (ThrowingCallable asking :
                List.<ThrowingCallable>of(
                        () -> states.getListState(NAMES.withTimeToLive(config)),
                        () -> states.getUnionListState(NAMES.withTimeToLive(config)),
                        () -> states.getBroadcastState(RULES.withTimeToLive(config)))) {
            assertThatThrownBy(asking)
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("STATE-3023")
                    .hasMessageContaining("PT1H")
                    .hasMessageContaining("keyed state");
        }
        assertThat(states.getListState(NAMES).get()).as("after that").hasSize(3);
    }

    @Test
    void everyFlippedBitIsFound() throws IOException {
        OperatorStateHandle handle = filled();
        StreamHandle.InFile file = (StreamHandle.InFile) handle.data();
        byte[] good = snapshots.bytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            snapshots.overwrite(file, bad);
            assertThatThrownBy(() -> restored(handle))
                    .as("byte %d", i)
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("SNAPSHOT-402");
        }
    }

    @Test
    void aStreamThatWasCutOffIsFound() throws IOException {
        OperatorStateHandle handle = filled();
        StreamHandle.InFile file = (StreamHandle.InFile) handle.data();
        byte[] good = snapshots.bytes(file);
        for (int length = 0; length < good.length; length++) {
            snapshots.overwrite(file, Arrays.copyOf(good, length));
            assertThatThrownBy(() -> restored(handle)).isInstanceOf(HoldfastException.class);
        }
    }

    @Test
    void nothingIsReadAsNothing() {
        OperatorStates states = empty();
        BroadcastState<Integer, String> rules = states.getBroadcastState(RULES);

        assertThat(states.getListState(NAMES).get()).isNotNull().isEmpty();
        assertThat(rules.get(1)).isNull();
        assertThat(rules.contains(1)).isFalse();
        assertThat(rules.entries()).isEmpty();
        assertThat(rules.immutableEntries()).isEmpty();
    }

    @Test
    void nullIsRefusedAndChangesNothing() {
        OperatorStates states = empty();
        ListState<String> names = states.getListState(NAMES);
        names.add("a");
        BroadcastState<Integer, String> rules = states.getBroadcastState(RULES);
        rules.put(1, "one");
        Map<Integer, String> oneIsNull = new LinkedHashMap<>(Map.of(2, "two"));
        oneIsNull.put(3, null);

        for (ThrowingCallable call :
                List.<ThrowingCallable>of(
                        () -> names.add(null),
                        () -> names.addAll(Arrays.asList("b", null)),
                        () -> names.update(Arrays.asList("b", null)),
                        () -> rules.put(null, "none"),
                        () -> rules.put(2, null),
                        () -> rules.putAll(oneIsNull))) {
            assertThatThrownBy(call)
                    .isInstanceOf(HoldfastException.class)
                    .hasMessageContaining("STATE-3018");
        }

        assertThat(names.get()).containsExactly("a");
        assertThat(rules.immutableEntries()).containsExactly(Map.entry(1, "one"));
        assertThat(rules.get(null)).isNull();
        assertThat(rules.contains(null)).isFalse();
    }

    @Test
    void itIsReplacedAndCleared() {
        OperatorStates states = empty();
        ListState<String> names = states.getUnionListState(NAMES);
        names.addAll(List.of("a", "b"));
        names.update(List.of("c"));
        assertThat(names.get()).containsExactly("c");
        names.update(List.of());
        assertThat(names.get()).isEmpty();
        names.add("d");
        names.clear();
        assertThat(names.get()).isEmpty();
        BroadcastState<Integer, String> rules = states.getBroadcastState(RULES);
        rules.putAll(Map.of(1, "one", 2, "two"));
        rules.remove(1);
        rules.remove(7);
        assertThat(rules.immutableEntries()).containsExactly(Map.entry(2, "two"));

        rules.clear();

        assertThat(rules.entries()).isEmpty();
    }

    @Test
    void broadcastEntriesWriteThroughUnlessTheyAreImmutable() {
        BroadcastState<Integer, String> rules = empty().getBroadcastState(RULES);
        rules.putAll(Map.of(1, "one", 2, "two"));

        assertThatThrownBy(() -> rules.immutableEntries().iterator().remove())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> rules.immutableEntries().iterator().next().setValue("other"))
                .isInstanceOf(UnsupportedOperationException.class);
        for (Map.Entry<Integer, String> entry : rules.entries()) {
            entry.setValue(entry.getValue() + "!");
        }

        assertThat(rules.get(1)).isEqualTo("one!");
        assertThat(rules.get(2)).isEqualTo("two!");
    }

    @Test
    void changesWhileReadingAreRefusedByTheReader() {
        OperatorStates states = empty();
        ListState<String> names = states.getListState(NAMES);
        names.addAll(List.of("a", "b", "c"));
        BroadcastState<Integer, String> rules = states.getBroadcastState(RULES);
        rules.putAll(Map.of(1, "one", 2, "two", 3, "three"));

        assertThatThrownBy(() -> names.get().forEach(names::add))
                .isInstanceOf(ConcurrentModificationException.class);
        assertThatThrownBy(() -> rules.entries().forEach(entry -> rules.remove(entry.getKey())))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void anElementChangedInPlaceIsInTheSnapshotAsItWas() throws IOException {
        ListStateDescriptor<List<Integer>> lists =
                new ListStateDescriptor<>("lists", Serializers.list(Serializers.INTEGER));
        OperatorStates states = empty();
        ListState<List<Integer>> state = states.getListState(lists);
        state.add(new ArrayList<>(List.of(1)));
        OperatorStateSnapshot snapshot = states.snapshot();

        state.get().iterator().next().add(2);

        assertThat(restored(snapshot.write(snapshots)).getListState(lists).get())
                .containsExactly(List.of(1));
        assertThat(state.get()).containsExactly(List.of(1, 2));
    }
}
