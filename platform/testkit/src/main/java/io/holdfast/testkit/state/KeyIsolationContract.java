package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What is written under one key and namespace is never seen under another: whatever the types of
 * key and namespace, and however alike two of them are in hash code or in bytes.
 */
public abstract class KeyIsolationContract extends StateContract {

    /** A key of a fixed length. */
    record Seat(short row, byte column) {}

    /** Keys that share hash codes, key groups, beginnings and bytes. */
    private static final List<String> ALIKE =
            List.of(
                    "Aa", "BB", "AaAa", "AaBB", "BBAa", "BBBB", "", "\0", "\0\0", "A", "Aaa",
                    "\u00e9");

    private static final List<Area> AREAS =
            List.of(
                    new Area("", 0),
                    new Area("", 1),
                    new Area("Aa", 0),
                    new Area("BB", 0),
                    new Area("\0", 0),
                    new Area("A", 0x61000000),
                    new Area("Aa".repeat(150), 0));

    /** For subclasses. */
    protected KeyIsolationContract() {}

    @Test
    void textKeysAndNamespacesOfVaryingLength() {
        expectIsolation(Serializers.STRING, ALIKE, Area.SERIALIZER, AREAS);
    }

    @Test
    void textKeysWhereOnlyTheSplitBetweenKeyAndNamespaceDiffers() {
        List<String> names = new ArrayList<>(List.of("\1aa", "\0aa", "\2a"));
        for (int i = 0; i <= 6; i++) {
            names.add("a".repeat(i));
        }
        expectIsolation(
                Serializers.STRING,
                names,
                Serializers.list(Serializers.BYTE),
                List.of(
                        List.of(),
                        List.of((byte) 0),
                        List.of((byte) 'a'),
                        List.of((byte) 'a', (byte) 'a'),
                        List.of((byte) 1, (byte) 'a')));
    }

    @Test
    void textKeysAndWindows() {
        expectIsolation(Serializers.STRING, ALIKE, TimeWindow.SERIALIZER, windows());
    }

    @Test
    void textKeysWithoutNamespace() {
        expectIsolation(
                Serializers.STRING,
                ALIKE,
                VoidNamespace.SERIALIZER,
                List.of(VoidNamespace.INSTANCE));
    }

    @Test
    void numbersAndNamespacesOfVaryingLength() {
        List<Long> keys =
                List.of(0L, -1L, 1L, 1L << 32, Long.MIN_VALUE, Long.MAX_VALUE, 0xFFFF_FFFFL, 31L);
        expectIsolation(Serializers.LONG, keys, Area.SERIALIZER, AREAS);
    }

    @Test
    void recordsAndWindows() {
        List<Seat> keys =
                List.of(
                        new Seat((short) 0, (byte) 31),
                        new Seat((short) 1, (byte) 0),
                        new Seat((short) 0, (byte) 0),
                        new Seat(Short.MIN_VALUE, Byte.MAX_VALUE),
                        new Seat((short) -1, (byte) -1));
        expectIsolation(Serializers.forClass(Seat.class), keys, TimeWindow.SERIALIZER, windows());
    }

    private static List<TimeWindow> windows() {
        return List.of(
                new TimeWindow(0, 31),
                new TimeWindow(1, 0),
                new TimeWindow(Long.MIN_VALUE, Long.MAX_VALUE),
                new TimeWindow(-1, -1),
                new TimeWindow(0, 0));
    }

    @Test
    void equalKeysAreOneKeyWhateverTheObject() {
        Subtask<String> subtask = open();
        ValueState<Long> count = subtask.value(new ValueStateDescriptor<>("count", Long.class));
        subtask.use(new StringBuilder("A").append('a').toString());
        count.update(1L);
        subtask.use("BB");

        subtask.use(new StringBuilder("A").append('a').toString());

        assertThat(count.value()).isEqualTo(1L);
    }

    @Test
    void aStateKeepsItsNamespaceWhenTheKeyChanges() {
        Subtask<String> subtask = open();
        Namespaced.Value<Area, Long> first = value(subtask, "first");
        Namespaced.Value<Area, Long> second = value(subtask, "second");
        subtask.use("Aa");
        first.setCurrentNamespace(Area.ULM);
        second.setCurrentNamespace(Area.BONN);
        first.update(1L);
        second.update(2L);
        subtask.use("BB");
        first.update(3L);

        assertThat(first.value()).isEqualTo(3L);
        assertThat(second.value()).isNull();
        subtask.use("Aa");
        assertThat(first.value()).isEqualTo(1L);
        assertThat(second.value()).isEqualTo(2L);
        first.setCurrentNamespace(Area.BONN);
        assertThat(first.value()).isNull();
    }

    @Test
    void theCurrentKeyIsTheOneChosenLast() {
        Subtask<String> subtask = open();
        assertThat(subtask.backend().currentKey()).isNull();

        for (String key : ALIKE) {
            subtask.use(key);
            assertThat(subtask.backend().currentKey()).isEqualTo(key);
        }
    }

    @Test
    void clearLeavesEveryOtherKeyAndNamespace() {
        Subtask<String> subtask = open();
        Namespaced.Value<Area, Long> state = value(subtask, "state");
        for (String key : ALIKE) {
            subtask.use(key);
            for (Area area : AREAS) {
                state.setCurrentNamespace(area);
                state.update(1L);
            }
        }
        subtask.use("AaBB");
        state.setCurrentNamespace(AREAS.get(2));
        state.clear();

        for (String key : ALIKE) {
            subtask.use(key);
            for (Area area : AREAS) {
                state.setCurrentNamespace(area);
                boolean cleared = key.equals("AaBB") && area.equals(AREAS.get(2));
                assertThat(state.value()).as("%s in %s", key, area).isEqualTo(cleared ? null : 1L);
            }
        }
    }

    private static Namespaced.Value<Area, Long> value(Subtask<String> subtask, String name) {
        return subtask.backend()
                .value(new ValueStateDescriptor<>(name, Long.class), Area.SERIALIZER);
    }

    /** Writes a different content under every key and namespace, in every kind, and reads it. */
    private <K, N> void expectIsolation(
            Serializer<K> key, List<K> keys, Serializer<N> namespace, List<N> namespaces) {
        Subtask<K> subtask = bench.open(key);
        Namespaced.Value<N, Short> value =
                subtask.backend()
                        .value(new ValueStateDescriptor<>("value", Short.class), namespace);
        Namespaced.ListOf<N, Character> list =
                subtask.backend()
                        .list(new ListStateDescriptor<>("list", Character.class), namespace);
        Namespaced.MapOf<N, Integer, Double> map =
                subtask.backend()
                        .map(
                                new MapStateDescriptor<>("map", Integer.class, Double.class),
                                namespace);
        Namespaced.Reducing<N, Float> reducing =
                subtask.backend()
                        .reducing(
                                new ReducingStateDescriptor<>("reducing", Float::sum, Float.class),
                                namespace);
        Namespaced.Aggregating<N, Character, String> aggregating =
                subtask.backend().aggregating(AggregatingStateContract.WORD, namespace);

        int number = 0;
        for (K each : keys) {
            subtask.use(each);
            for (N space : namespaces) {
                List.<Namespaced<N>>of(value, list, map, reducing, aggregating)
                        .forEach(state -> state.setCurrentNamespace(space));
                expectEmpty(value, list, map, reducing, aggregating);
                value.update((short) number);
                list.add((char) number);
                map.put(number, (double) number);
                map.put(-1, null);
                reducing.add((float) number);
                aggregating.add((char) number);
                number++;
            }
        }
        number = 0;
        for (K each : keys) {
            subtask.use(each);
            for (N space : namespaces) {
                List.<Namespaced<N>>of(value, list, map, reducing, aggregating)
                        .forEach(state -> state.setCurrentNamespace(space));
                String where = each + " in " + space;
                assertThat(value.value()).as(where).isEqualTo((short) number);
                assertThat(list.get()).as(where).containsExactly((char) number);
                assertThat(map.keys()).as(where).containsExactlyInAnyOrder(-1, number);
                assertThat(map.get(number)).as(where).isEqualTo((double) number);
                assertThat(reducing.get()).as(where).isEqualTo((float) number);
                assertThat(aggregating.get()).as(where).isEqualTo(String.valueOf((char) number));
                number++;
            }
        }
        for (String state : List.of("value", "list", "map", "reducing", "word")) {
            for (N space : namespaces) {
                assertThat(subtask.keys(state, space))
                        .as("keys of %s in %s", state, space)
                        .containsExactlyInAnyOrderElementsOf(keys);
            }
        }
    }

    private static void expectEmpty(
            ValueState<Short> value,
            ListState<Character> list,
            MapState<Integer, Double> map,
            ReducingState<Float> reducing,
            AggregatingState<Character, String> aggregating) {
        assertThat(value.value()).isNull();
        assertThat(list.get()).isEmpty();
        assertThat(map.entries()).isEmpty();
        assertThat(map.contains(-1)).isFalse();
        assertThat(reducing.get()).isNull();
        assertThat(aggregating.get()).isNull();
    }
}
