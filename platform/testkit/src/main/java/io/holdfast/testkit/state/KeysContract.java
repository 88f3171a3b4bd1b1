package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The keys of a state can be listed: each once, of one namespace, and given up half-way. */
public abstract class KeysContract extends StateContract {
    private static final ValueStateDescriptor<Long> COUNT =
            new ValueStateDescriptor<>("count", Long.class);

    /** For subclasses. */
    protected KeysContract() {}

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key-" + i).toList();
    }

    private Subtask<String> counted(List<String> keys) {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(COUNT);
        for (String key : keys) {
            subtask.use(key);
            count.update(1L);
        }
        return subtask;
    }

    @Test
    void aStateWithoutEntriesHasNoKeys() {
        Subtask<String> subtask = open();
        subtask.value(COUNT);

        assertThat(subtask.keys("count", VoidNamespace.INSTANCE)).isEmpty();
    }

    @Test
    void everyKeyIsGivenOnce() {
        Subtask<String> subtask = counted(names(3_000));

        assertThat(subtask.keys("count", VoidNamespace.INSTANCE))
                .containsExactlyInAnyOrderElementsOf(names(3_000));
    }

    @Test
    void aKeyWithManyMapEntriesIsGivenOnce() {
        Subtask<String> subtask = open();
        MapState<Integer, Double> map =
                subtask.map(new MapStateDescriptor<>("map", Integer.class, Double.class));
        for (String key : List.of("Aa", "BB", "A")) {
            subtask.use(key);
            for (int i = 0; i < 100; i++) {
                map.put(i, null);
            }
        }

        assertThat(subtask.keys("map", VoidNamespace.INSTANCE))
                .containsExactlyInAnyOrder("Aa", "BB", "A");
    }

    @Test
    void removedKeysAreNotGiven() {
        Subtask<String> subtask = counted(names(10));
        ValueState<Long> count = subtask.value(COUNT);
        for (int i = 0; i < 10; i += 2) {
            subtask.use("key-" + i);
            count.clear();
        }

        assertThat(subtask.keys("count", VoidNamespace.INSTANCE))
                .containsExactlyInAnyOrder("key-1", "key-3", "key-5", "key-7", "key-9");
    }

    @Test
    void keysOfOtherNamespacesAndStatesAreNotGiven() {
        Subtask<String> subtask = open();
        Namespaced.Value<Area, Long> value = subtask.backend().value(COUNT, Area.SERIALIZER);
        Namespaced.ListOf<Area, Integer> list =
                subtask.backend()
                        .list(new ListStateDescriptor<>("list", Integer.class), Area.SERIALIZER);
        subtask.use("Aa");
        value.setCurrentNamespace(Area.ULM);
        value.update(1L);
        subtask.use("BB");
        value.setCurrentNamespace(Area.BONN);
        value.update(2L);
        list.setCurrentNamespace(Area.ULM);
        list.add(3);

        assertThat(subtask.keys("count", Area.ULM)).containsExactly("Aa");
        assertThat(subtask.keys("count", Area.BONN)).containsExactly("BB");
        assertThat(subtask.keys("list", Area.ULM)).containsExactly("BB");
        assertThat(subtask.keys("list", Area.NOWHERE)).isEmpty();
    }

    @Test
    void theEntryOfTheKeyReturnedLastMayBeRemovedChangedOrAdded() {
        Subtask<String> subtask = counted(names(500));
        ValueState<Long> count = subtask.value(COUNT);
        List<String> seen = new ArrayList<>();
        try (CloseableIterator<String> keys =
                subtask.backend().keys("count", VoidNamespace.INSTANCE)) {
            while (keys.hasNext()) {
                String key = keys.next();
                seen.add(key);
                subtask.use(key);
                switch (seen.size() % 3) {
                    case 0 -> count.clear();
                    case 1 -> count.update(2L);
                    default -> {
                        count.clear();
                        count.update(3L);
                    }
                }
            }
        }

        assertThat(seen).containsExactlyInAnyOrderElementsOf(names(500));
        assertThat(subtask.keys("count", VoidNamespace.INSTANCE)).hasSize(500 - 500 / 3);
    }

    @Test
    void otherStatesMayChangeMeanwhile() {
        Subtask<String> subtask = counted(names(100));
        ValueState<Long> other = subtask.value(new ValueStateDescriptor<>("other", Long.class));
        try (CloseableIterator<String> keys =
                subtask.backend().keys("count", VoidNamespace.INSTANCE)) {
            while (keys.hasNext()) {
                subtask.use(keys.next() + "'");
                other.update(1L);
            }
        }

        assertThat(subtask.keys("other", VoidNamespace.INSTANCE)).hasSize(100);
        assertThat(subtask.keys("count", VoidNamespace.INSTANCE)).hasSize(100);
    }

    @Test
    void listingKeysLeavesTheCurrentKeyAndNamespace() {
        Subtask<String> subtask = counted(names(10));
        ValueState<Long> count = subtask.value(COUNT);
        subtask.use("Aa");
        count.update(7L);

        subtask.keys("count", VoidNamespace.INSTANCE);

        assertThat(subtask.backend().currentKey()).isEqualTo("Aa");
        assertThat(count.value()).isEqualTo(7L);
    }

    @Test
    void anIteratorLeftHalfWayIsClosedAndTheStateGoesOn() {
        Subtask<String> subtask = counted(names(1_000));
        ValueState<Long> count = subtask.value(COUNT);
        CloseableIterator<String> keys = subtask.backend().keys("count", VoidNamespace.INSTANCE);
        keys.next();
        keys.next();

        keys.close();
        keys.close();

        subtask.use("Aa");
        count.update(1L);
        assertThat(subtask.keys("count", VoidNamespace.INSTANCE)).hasSize(1_001);
    }

    @Test
    void beyondTheLastKeyThereIsNoElement() {
        Subtask<String> subtask = counted(List.of("Aa"));
        try (CloseableIterator<String> keys =
                subtask.backend().keys("count", VoidNamespace.INSTANCE)) {
            assertThat(keys.hasNext()).isTrue();
            assertThat(keys.hasNext()).as("asking twice").isTrue();
            assertThat(keys.next()).isEqualTo("Aa");
            assertThat(keys.hasNext()).isFalse();
            assertThatThrownBy(keys::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @EachKind
    void restoredKeysAreGiven(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> restored = restart(counted(names(300)), kind);
        restored.value(COUNT);

        assertThat(restored.keys("count", VoidNamespace.INSTANCE))
                .containsExactlyInAnyOrderElementsOf(names(300));
    }
}
