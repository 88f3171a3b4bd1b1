package io.holdfast.testkit.model;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateKind;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/**
 * One subtask of the job: asks for each state when it is first needed, as jobs may, so that states
 * nobody has asked for pass through snapshots too.
 */
final class Worker<K, N> {
    private final Subtask<K> subtask;
    private final ExpiringStates<K> states;
    private final Serializer<N> namespaces;
    private final Program program;
    private Namespaced.Value<N, Object> value;
    private Namespaced.ListOf<N, Object> list;
    private Namespaced.MapOf<N, Object, Object> map;
    private Namespaced.Reducing<N, Object> reducing;
    private Namespaced.Aggregating<N, List<Item>, List<Item>> aggregating;
    private TimerQueue<K, N> timers;

    /**
     * A subtask.
     *
     * @param clock tells the time to states whose content does not live for ever
     * @param watermark tells it to those that go by event time
     */
    Worker(
            Subtask<K> subtask,
            Serializer<N> namespaces,
            Program program,
            LongSupplier clock,
            LongSupplier watermark) {
        this.subtask = subtask;
        this.states = new ExpiringStates<>(subtask.backend(), clock, watermark);
        this.namespaces = namespaces;
        this.program = program;
    }

    Subtask<K> subtask() {
        return subtask;
    }

    /** Collects items; an accumulator that is a list is changed in place. */
    private record Collecting(ContentType type, int version)
            implements AggregateFunction<List<Item>, Object, List<Item>> {
        @Override
        public Object createAccumulator() {
            return type.stored(version, type.beginning());
        }

        @Override
        public Object add(List<Item> items, Object accumulator) {
            return type.combine(version, accumulator, type.stored(version, items));
        }

        @Override
        public List<Item> getResult(Object accumulator) {
            return type.items(version, accumulator);
        }

        @Override
        public Object merge(Object first, Object second) {
            return type.combine(version, first, second);
        }
    }

    /**
     * Asks for a state.
     *
     * @return whether that is the first time
     */
    boolean ask(StateKind kind) {
        if (state(kind) != null) {
            return false;
        }
        ContentType type = program.type(kind);
        int version = program.version(kind);
        Serializer<Object> content = type.serializer(version);
        String name = kind.name();
        switch (kind) {
            case VALUE ->
                    value =
                            states.value(
                                    living(
                                            kind,
                                            new ValueStateDescriptor<>(name, content),
                                            ValueStateDescriptor::withTimeToLive),
                                    namespaces);
            case LIST ->
                    list =
                            states.list(
                                    living(
                                            kind,
                                            new ListStateDescriptor<>(name, content),
                                            ListStateDescriptor::withTimeToLive),
                                    namespaces);
            case MAP ->
                    map =
                            states.map(
                                    living(
                                            kind,
                                            new MapStateDescriptor<>(
                                                    name,
                                                    program.mapKeys()
                                                            .serializer(program.mapKeyVersion()),
                                                    content),
                                            MapStateDescriptor::withTimeToLive),
                                    namespaces);
            case REDUCING ->
                    reducing =
                            states.reducing(
                                    living(
                                            kind,
                                            new ReducingStateDescriptor<>(
                                                    name,
                                                    (first, second) ->
                                                            type.combine(version, first, second),
                                                    content),
                                            ReducingStateDescriptor::withTimeToLive),
                                    namespaces);
            case AGGREGATING ->
                    aggregating =
                            states.aggregating(
                                    living(
                                            kind,
                                            new AggregatingStateDescriptor<>(
                                                    name, new Collecting(type, version), content),
                                            AggregatingStateDescriptor::withTimeToLive),
                                    namespaces);
        }
        return true;
    }

    private <D> D living(
            StateKind kind, D descriptor, BiFunction<D, StateTtlConfig, D> withTimeToLive) {
        return program.life(kind)
                .map(config -> withTimeToLive.apply(descriptor, config))
                .orElse(descriptor);
    }

    /** Whether a state was asked for. */
    boolean knows(StateKind kind) {
        return state(kind) != null;
    }

    /** What gives states with and without a time to live. */
    ExpiringStates<K> states() {
        return states;
    }

    private Namespaced<N> state(StateKind kind) {
        return switch (kind) {
            case VALUE -> value;
            case LIST -> list;
            case MAP -> map;
            case REDUCING -> reducing;
            case AGGREGATING -> aggregating;
        };
    }

    void use(StateKind kind, N namespace) {
        state(kind).setCurrentNamespace(namespace);
    }

    Namespaced.Value<N, Object> value() {
        return value;
    }

    Namespaced.ListOf<N, Object> list() {
        return list;
    }

    Namespaced.MapOf<N, Object, Object> map() {
        return map;
    }

    /** The map key that stands for a place, as the program has it. */
    Object mapKey(int place) {
        return program.mapKeys()
                .stored(program.mapKeyVersion(), List.of(new Item(place, null, null)));
    }

    /** The place that a map key stands for. */
    int place(Object mapKey) {
        return (int) program.mapKeys().items(program.mapKeyVersion(), mapKey).get(0).number();
    }

    Namespaced.Reducing<N, Object> reducing() {
        return reducing;
    }

    Namespaced.Aggregating<N, List<Item>, List<Item>> aggregating() {
        return aggregating;
    }

    TimerQueue<K, N> timers() {
        if (timers == null) {
            timers = subtask.backend().timers("timers", namespaces);
        }
        return timers;
    }

    private List<Item> items(StateKind kind, Object stored) {
        return stored == null ? List.of() : program.type(kind).items(program.version(kind), stored);
    }

    /** What the current cell of a state holds, place by place; elements of lists are counted. */
    NavigableMap<Integer, List<Item>> read(StateKind kind) {
        NavigableMap<Integer, List<Item>> places = new TreeMap<>();
        switch (kind) {
            case VALUE -> putUnlessEmpty(places, items(kind, value.value()));
            case LIST -> {
                for (Object element : list.get()) {
                    places.put(places.size(), items(kind, element));
                }
            }
            case MAP -> {
                for (Map.Entry<Object, Object> entry : map.entries()) {
                    int place = place(entry.getKey());
                    boolean isNew = places.put(place, items(kind, entry.getValue())) == null;
                    expect(isNew, "map key %d comes once", place);
                }
            }
            case REDUCING -> putUnlessEmpty(places, items(kind, reducing.get()));
            case AGGREGATING -> {
                List<Item> result = aggregating.get();
                putUnlessEmpty(places, result == null ? List.of() : result);
            }
        }
        return places;
    }

    private static void putUnlessEmpty(Map<Integer, List<Item>> places, List<Item> items) {
        if (!items.isEmpty()) {
            places.put(Model.ONLY, items);
        }
    }

    /** All ways to read the map say the same, once what is over was met. */
    void expectMap(Map<Integer, Model.Unit> entries) {
        entries.forEach(
                (place, unit) -> {
                    Object key = mapKey(place);
                    expect(map.contains(key), "map key %s is contained", key);
                    expect(
                            items(StateKind.MAP, map.get(key)).equals(unit.items()),
                            "the same at map key %s",
                            key);
                });
        expect(map.isEmpty() == entries.isEmpty(), "empty as its entries are");
        int keys = 0;
        for (Object key : map.keys()) {
            expect(entries.containsKey(place(key)), "map key %s has an entry", key);
            keys++;
        }
        expect(keys == entries.size(), "each map key comes once");
    }

    static void expect(boolean isSo, String what, Object... values) {
        if (!isSo) {
            throw new AssertionError("not so: " + what.formatted(values));
        }
    }

    /** The keys of a state that was asked for, without its changing the current key. */
    Set<K> keys(StateKind kind, N namespace) {
        List<K> keys = subtask.keys(kind.name(), namespace);
        Set<K> distinct = new HashSet<>(keys);
        expect(distinct.size() == keys.size(), "each key comes once in %s", new ArrayList<>(keys));
        return distinct;
    }
}
