package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.testkit.state.EarlierShape.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What one version of a program stored, the next one reads: as it is, rewritten, or not at all, and
 * then it says why.
 */
public abstract class EvolutionContract extends StateContract {

    /** A record as the present program has it. */
    record Order(long id, String item, Integer amount) {}

    /** An enum as the present program has it. */
    enum Size {
        SMALL,
        LARGE,
        HUGE
    }

    /** A record with an enum in it. */
    record Parcel(String to, Size size) {}

    private static final Serializer<Order> PRESENT = Serializers.forClass(Order.class);

    private static final Component<Order, Long> ID =
            new Component<>("id", Serializers.LONG, true, Order::id);
    private static final Component<Order, String> ITEM =
            new Component<>("item", Serializers.STRING, false, Order::item);
    private static final Component<Order, Integer> AMOUNT =
            new Component<>("amount", Serializers.INTEGER, false, Order::amount);
    private static final Component<Order, String> COLOUR =
            new Component<>("colour", Serializers.STRING, false, order -> "blue");
    private static final Component<Order, Double> WEIGHT =
            new Component<>("weight", Serializers.DOUBLE, true, order -> 0.5);

    private static final EarlierShape<Order> SAME =
            shape(
                    of -> new Order((long) of[0], (String) of[1], (Integer) of[2]),
                    List.of(ID, ITEM, AMOUNT));
    private static final EarlierShape<Order> WITHOUT_AMOUNT =
            shape(of -> new Order((long) of[0], (String) of[1], null), List.of(ID, ITEM));
    private static final EarlierShape<Order> WITH_MORE =
            shape(
                    of -> new Order((long) of[1], (String) of[2], (Integer) of[4]),
                    List.of(COLOUR, ID, ITEM, WEIGHT, AMOUNT));
    private static final EarlierShape<Order> REORDERED =
            shape(
                    of -> new Order((long) of[2], (String) of[1], (Integer) of[0]),
                    List.of(AMOUNT, ITEM, ID));
    private static final EarlierShape<Order> ALL_AT_ONCE =
            shape(
                    of -> new Order(0, (String) of[1], (Integer) of[0]),
                    List.of(AMOUNT, ITEM, WEIGHT));

    private static final List<Order> ORDERS =
            List.of(
                    new Order(Long.MIN_VALUE, "", null),
                    new Order(0, null, 0x2C2C2C2C),
                    new Order(7, "tea, black", -1));

    /** For subclasses. */
    protected EvolutionContract() {}

    private static EarlierShape<Order> shape(
            Function<Object[], Order> maker, List<Component<Order, ?>> components) {
        return new EarlierShape<>(Order.class, components, maker);
    }

    /** The first order added; input, accumulator and result are of one type here. */
    private static final class Latest implements AggregateFunction<Order, Order, Order> {
        @Override
        public Order createAccumulator() {
            return new Order(0, null, null);
        }

        @Override
        public Order add(Order value, Order before) {
            return value;
        }

        @Override
        public Order getResult(Order latest) {
            return latest;
        }

        @Override
        public Order merge(Order first, Order second) {
            return second;
        }
    }

    /** Orders in every kind of state, by some version of the program. */
    private static final class Orders {
        private final Subtask<String> subtask;
        private final ValueState<Order> value;
        private final ListState<Order> list;
        private final MapState<Integer, Order> map;
        private final ReducingState<Order> reducing;
        private final AggregatingState<Order, Order> aggregating;

        Orders(Subtask<String> subtask, Serializer<Order> serializer) {
            this.subtask = subtask;
            value = subtask.value(new ValueStateDescriptor<>("value", serializer));
            list = subtask.list(new ListStateDescriptor<>("list", serializer));
            map = subtask.map(new MapStateDescriptor<>("map", Serializers.INTEGER, serializer));
            reducing =
                    subtask.reducing(
                            new ReducingStateDescriptor<>(
                                    "reducing", (first, second) -> second, serializer));
            aggregating =
                    subtask.aggregating(
                            new AggregatingStateDescriptor<>(
                                    "aggregating", new Latest(), serializer));
        }

        void store(List<Order> orders) {
            for (int i = 0; i < orders.size(); i++) {
                subtask.use("key-" + i);
                Order order = orders.get(i);
                value.update(order);
                list.addAll(List.of(order, order));
                map.put(i, order);
                map.put(-1, null);
                reducing.add(order);
                aggregating.add(order);
            }
        }

        void expect(List<Order> orders) {
            for (int i = 0; i < orders.size(); i++) {
                subtask.use("key-" + i);
                Order order = orders.get(i);
                assertThat(value.value()).as("value").isEqualTo(order);
                assertThat(list.get()).as("list").containsExactly(order, order);
                assertThat(map.get(i)).as("map").isEqualTo(order);
                assertThat(map.contains(-1)).as("null in the map").isTrue();
                assertThat(map.get(-1)).as("null in the map").isNull();
                assertThat(reducing.get()).as("reducing").isEqualTo(order);
                assertThat(aggregating.get()).as("aggregating").isEqualTo(order);
            }
        }
    }

    private Subtask<String> writtenBy(Serializer<Order> earlier, SnapshotKind kind) {
        Subtask<String> subtask = open();
        new Orders(subtask, earlier).store(ORDERS);
        return restart(subtask, kind);
    }

    /** The present program reads what the earlier one wrote, goes on, and reads it once more. */
    private void expectTakenOver(
            EarlierShape<Order> earlier, List<Order> expected, SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> first = writtenBy(earlier, kind);
        new Orders(first, PRESENT).expect(expected);
        Subtask<String> second = restart(first, kind);
        new Orders(second, PRESENT).expect(expected);

        Subtask<String> changed = writtenBy(earlier, kind);
        Orders orders = new Orders(changed, PRESENT);
        changed.use("key-0");
        orders.value.update(new Order(1, "new", 1));
        orders.list.add(new Order(2, "newer", 2));
        changed.use("key-new");
        orders.map.put(3, new Order(3, "newest", 3));
        Subtask<String> again = restart(changed, kind);
        Orders orders2 = new Orders(again, PRESENT);
        again.use("key-0");
        assertThat(orders2.value.value()).isEqualTo(new Order(1, "new", 1));
        assertThat(orders2.list.get())
                .containsExactly(expected.get(0), expected.get(0), new Order(2, "newer", 2));
        again.use("key-1");
        assertThat(orders2.value.value()).isEqualTo(expected.get(1));
        again.use("key-new");
        assertThat(orders2.map.get(3)).isEqualTo(new Order(3, "newest", 3));
    }

    @EachKind
    void theSameShapeIsTakenAsItIs(SnapshotKind kind) {
        expectTakenOver(SAME, ORDERS, kind);
    }

    @EachKind
    void aComponentThatWasAddedIsNullOrZero(SnapshotKind kind) {
        List<Order> expected =
                ORDERS.stream().map(order -> new Order(order.id, order.item, null)).toList();
        expectTakenOver(WITHOUT_AMOUNT, expected, kind);
    }

    @EachKind
    void componentsThatWereRemovedAreDropped(SnapshotKind kind) {
        expectTakenOver(WITH_MORE, ORDERS, kind);
    }

    @EachKind
    void reorderedComponentsKeepTheirValues(SnapshotKind kind) {
        expectTakenOver(REORDERED, ORDERS, kind);
    }

    @EachKind
    void componentsMayBeAddedRemovedAndReorderedAtOnce(SnapshotKind kind) {
        List<Order> expected =
                ORDERS.stream().map(order -> new Order(0, order.item, order.amount)).toList();
        expectTakenOver(ALL_AT_ONCE, expected, kind);
    }

    @EachKind
    void anEnumKeepsItsConstantsWhenOthersAreAddedOrTheOrderChanges(SnapshotKind kind) {
        assumeTaken(kind);
        Serializer<Size> earlier = new EarlierEnum<>(Size.class, List.of("LARGE", "SMALL"));
        Serializer<Size> present = Serializers.forClass(Size.class);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(new ValueStateDescriptor<>("value", earlier)).update(Size.SMALL);
        subtask.list(new ListStateDescriptor<>("list", earlier))
                .update(List.of(Size.LARGE, Size.SMALL));
        ValueStateDescriptor<Size> value = new ValueStateDescriptor<>("value", present);
        ListStateDescriptor<Size> list = new ListStateDescriptor<>("list", present);
        for (int i = 0; i < 3; i++) {
            subtask = restart(subtask, kind);
            subtask.use("Aa");
            assertThat(subtask.value(value).value()).as("restart %d", i).isEqualTo(Size.SMALL);
            assertThat(subtask.list(list).get())
                    .as("restart %d", i)
                    .startsWith(Size.LARGE, Size.SMALL)
                    .hasSize(2 + i);
            subtask.list(list).add(Size.HUGE);
            subtask.use("BB");
            subtask.value(value).update(Size.HUGE);
        }
        assertThat(subtask.value(value).value()).isEqualTo(Size.HUGE);
    }

    @EachKind
    void anEnumInsideARecordKeepsItsConstants(SnapshotKind kind) {
        assumeTaken(kind);
        EarlierShape<Parcel> earlier =
                new EarlierShape<>(
                        Parcel.class,
                        List.of(
                                new Component<>("to", Serializers.STRING, false, Parcel::to),
                                new Component<>(
                                        "size",
                                        new EarlierEnum<>(Size.class, List.of("HUGE", "SMALL")),
                                        false,
                                        Parcel::size)),
                        of -> new Parcel((String) of[0], (Size) of[1]));
        MapStateDescriptor<Integer, Parcel> present =
                new MapStateDescriptor<>("parcels", Integer.class, Parcel.class);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.map(new MapStateDescriptor<>("parcels", Serializers.INTEGER, earlier))
                .put(1, new Parcel("Ulm", Size.SMALL));

        Subtask<String> restored = restart(subtask, kind);
        restored.use("Aa");
        MapState<Integer, Parcel> parcels = restored.map(present);
        assertThat(parcels.get(1)).isEqualTo(new Parcel("Ulm", Size.SMALL));
        parcels.put(2, new Parcel("Bonn", Size.LARGE));
        Subtask<String> again = restart(restored, kind);

        again.use("Aa");
        assertThat(again.map(present).get(1)).isEqualTo(new Parcel("Ulm", Size.SMALL));
        assertThat(again.map(present).get(2)).isEqualTo(new Parcel("Bonn", Size.LARGE));
    }

    @EachKind
    void subtasksOfWhichOneHadRewrittenItsEntriesRestoreTogether(SnapshotKind kind) {
        assumeTaken(kind);
        List<KeyedSnapshotHandle> handles = new ArrayList<>();
        List<String> keys = EveryKind.keys(30);
        for (int half = 0; half < 2; half++) {
            try (Subtask<String> earlier =
                    bench.opening(Serializers.STRING)
                            .keyGroups(new KeyGroupRange(64 * half, 64 * half + 63))
                            .open()) {
                ValueState<Order> value =
                        earlier.value(new ValueStateDescriptor<>("value", REORDERED));
                for (String key : keys) {
                    if (earlier.owns(key)) {
                        earlier.use(key);
                        value.update(new Order(key.hashCode(), key, 1));
                    }
                }
                handles.add(bench.snapshot(earlier, kind));
            }
        }
        try (Subtask<String> rewriting =
                bench.opening(Serializers.STRING)
                        .keyGroups(new KeyGroupRange(0, 63))
                        .from(handles.get(0))
                        .open()) {
            rewriting.value(new ValueStateDescriptor<>("value", PRESENT));
            handles.set(0, bench.snapshot(rewriting, kind));
        }

        Subtask<String> whole = bench.opening(Serializers.STRING).from(handles).open();

        ValueState<Order> value = whole.value(new ValueStateDescriptor<>("value", PRESENT));
        for (String key : keys) {
            whole.use(key);
            assertThat(value.value()).isEqualTo(new Order(key.hashCode(), key, 1));
        }
    }

    // Refusals

    /** Refused, with both sides named, and the state is still there for who asks rightly. */
    private static void expectRefused(Executable asking, String... named) {
        Throwable refusal = catchThrowable(asking::execute);
        assertThat(refusal).isInstanceOf(HoldfastException.class);
        assertThat(((HoldfastException) refusal).problem().code()).isEqualTo("STATE-3007");
        for (String name : named) {
            assertThat(refusal.getMessage()).containsIgnoringCase(name);
        }
    }

    @EachKind
    void anotherTypeOfValueIsRefused(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(new ValueStateDescriptor<>("count", Long.class)).update(5L);
        Subtask<String> restored = restart(subtask, kind);

        expectRefused(
                () -> restored.value(new ValueStateDescriptor<>("count", String.class)),
                "count",
                "long",
                "string");

        restored.use("Aa");
        assertThat(restored.value(new ValueStateDescriptor<>("count", Long.class)).value())
                .isEqualTo(5L);
    }

    @EachKind
    void aComponentOfAnotherTypeIsRefused(SnapshotKind kind) {
        assumeTaken(kind);
        EarlierShape<Order> earlier =
                shape(
                        of -> new Order((long) of[0], null, null),
                        List.of(
                                ID,
                                new Component<>("item", Serializers.DOUBLE, false, order -> 0.5)));
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(new ValueStateDescriptor<>("order", earlier)).update(ORDERS.get(0));
        Subtask<String> restored = restart(subtask, kind);

        expectRefused(
                () -> restored.value(new ValueStateDescriptor<>("order", PRESENT)),
                "order",
                "item",
                "double",
                "string");
    }

    @EachKind
    void anEnumThatLostAConstantIsRefused(SnapshotKind kind) {
        assumeTaken(kind);
        Serializer<Size> earlier = new EarlierEnum<>(Size.class, List.of("SMALL", "TINY"));
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(new ValueStateDescriptor<>("size", earlier)).update(Size.SMALL);
        Subtask<String> restored = restart(subtask, kind);

        expectRefused(
                () -> restored.value(new ValueStateDescriptor<>("size", Size.class)),
                "size",
                "TINY");
    }

    @EachKind
    void anotherKindUnderTheSameNameIsRefused(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(new ValueStateDescriptor<>("state", Long.class)).update(5L);
        subtask.backend().timers("queue", VoidNamespace.SERIALIZER).add(1, VoidNamespace.INSTANCE);
        Subtask<String> restored = restart(subtask, kind);

        expectRefused(
                () -> restored.list(new ListStateDescriptor<>("state", Long.class)),
                "state",
                "VALUE",
                "LIST");
        expectRefused(
                () ->
                        restored.reducing(
                                new ReducingStateDescriptor<>("state", Long::sum, Long.class)),
                "VALUE",
                "REDUCING");
        expectRefused(
                () -> restored.map(new MapStateDescriptor<>("state", Integer.class, Long.class)),
                "VALUE",
                "MAP");
        expectRefused(
                () -> restored.backend().timers("state", VoidNamespace.SERIALIZER),
                "VALUE",
                "TIMERS");
        expectRefused(
                () -> restored.value(new ValueStateDescriptor<>("queue", Long.class)),
                "queue",
                "TIMERS",
                "VALUE");
    }

    @EachKind
    void mapKeysAreMigratedAsValuesAre(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        MapState<Short, Long> before =
                subtask.map(new MapStateDescriptor<>("map", Short.class, Long.class));
        for (String key : List.of("Aa", "BB")) {
            subtask.use(key);
            for (short i = -100; i < 100; i++) {
                before.put(i, i % 7 == 0 ? null : (long) i);
            }
        }
        Subtask<String> restored = restart(subtask, kind);

        MapState<Integer, Long> after =
                restored.map(new MapStateDescriptor<>("map", Integer.class, Long.class));

        for (String key : List.of("Aa", "BB")) {
            restored.use(key);
            for (int i = -100; i < 100; i++) {
                assertThat(after.contains(i)).as("%s[%d]", key, i).isTrue();
                assertThat(after.get(i)).isEqualTo(i % 7 == 0 ? null : (Long) (long) i);
            }
            assertThat(after.keys()).hasSize(200);
            after.put(1 << 20, 1L);
            after.remove(0);
        }
        Subtask<String> again = restart(restored, kind);
        MapState<Integer, Long> last =
                again.map(new MapStateDescriptor<>("map", Integer.class, Long.class));
        again.use("BB");
        assertThat(last.keys()).hasSize(200);
        assertThat(last.get(1 << 20)).isEqualTo(1L);
    }

    @EachKind
    void anotherTypeOfNamespaceOrMapKeyIsRefused(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(new ValueStateDescriptor<>("value", Long.class)).update(5L);
        subtask.map(new MapStateDescriptor<>("map", Integer.class, Long.class)).put(1, 5L);
        TimerQueue<String, VoidNamespace> timers =
                subtask.backend().timers("timers", VoidNamespace.SERIALIZER);
        timers.add(1, VoidNamespace.INSTANCE);
        Subtask<String> restored = restart(subtask, kind);

        expectRefused(
                () ->
                        restored.backend()
                                .value(
                                        new ValueStateDescriptor<>("value", Long.class),
                                        Area.SERIALIZER),
                "value",
                "void",
                Area.class.getName());
        expectRefused(
                () -> restored.map(new MapStateDescriptor<>("map", Short.class, Long.class)),
                "map",
                "integer",
                "short");
        expectRefused(
                () -> restored.backend().timers("timers", Area.SERIALIZER),
                "timers",
                "void",
                Area.class.getName());
    }

    @EachKind
    void anotherTypeOfKeyIsRefused(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(new ValueStateDescriptor<>("count", Long.class)).update(5L);
        KeyedSnapshotHandle handle = bench.snapshot(subtask, kind);

        expectRefused(
                () -> bench.opening(Serializers.INTEGER).from(handle).tryOpen(),
                "string",
                "integer");

        assertThat(bench.snapshots().openStreams()).isEmpty();
    }

    @Test
    void twoMeaningsOfANameInOneProgramAreRefused() {
        Subtask<String> subtask = open();
        subtask.use("Aa");
        ValueState<Long> count = subtask.value(new ValueStateDescriptor<>("count", Long.class));
        count.update(5L);

        expectRefused(
                () -> subtask.list(new ListStateDescriptor<>("count", Long.class)),
                "count",
                "VALUE",
                "LIST");
        expectRefused(
                () -> subtask.value(new ValueStateDescriptor<>("count", String.class)),
                "count",
                "long",
                "string");

        assertThat(count.value()).isEqualTo(5L);
    }

    @EachKind
    void aRefusedStateStaysForTheNextSnapshot(SnapshotKind kind) {
        assumeTaken(kind);
        ValueStateDescriptor<Long> right = new ValueStateDescriptor<>("count", Long.class);
        Subtask<String> subtask = open();
        subtask.use("Aa");
        subtask.value(right).update(5L);
        Subtask<String> restored = restart(subtask, kind);
        expectRefused(
                () -> restored.value(new ValueStateDescriptor<>("count", String.class)), "count");
        restored.use("BB");
        restored.value(new ValueStateDescriptor<>("other", Long.class)).update(6L);

        Subtask<String> again = restart(restored, kind);

        again.use("Aa");
        assertThat(again.value(right).value()).isEqualTo(5L);
    }
}
