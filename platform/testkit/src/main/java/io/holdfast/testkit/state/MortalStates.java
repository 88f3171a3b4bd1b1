package io.holdfast.testkit.state;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateKind;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

/**
 * A state of every kind, with a time to live or without, whose values are of one type. A map has
 * one entry, a combination or an accumulator is what was added last.
 *
 * @param <T> type of the values
 */
final class MortalStates<T> {
    private final Subtask<String> subtask;
    private final ExpiringStates<String> states;
    private final Namespaced.Value<VoidNamespace, T> value;
    private final Namespaced.ListOf<VoidNamespace, T> list;
    private final Namespaced.MapOf<VoidNamespace, String, T> map;
    private final Namespaced.Reducing<VoidNamespace, T> reducing;
    private final Namespaced.Aggregating<VoidNamespace, T, T> aggregating;

    /** What was added last; nothing before. */
    private static final class Latest<T> implements AggregateFunction<T, List<T>, T> {
        @Override
        public List<T> createAccumulator() {
            return new ArrayList<>();
        }

        @Override
        public List<T> add(T value, List<T> accumulator) {
            accumulator.clear();
            accumulator.add(value);
            return accumulator;
        }

        @Override
        public T getResult(List<T> accumulator) {
            return accumulator.get(0);
        }

        @Override
        public List<T> merge(List<T> first, List<T> second) {
            return second;
        }
    }

    /**
     * Asks for the states.
     *
     * @param clock processing time and watermark in one
     * @param config the time to live, if there is one
     */
    MortalStates(
            Subtask<String> subtask,
            AtomicLong clock,
            Optional<StateTtlConfig> config,
            Serializer<T> serializer) {
        this.subtask = subtask;
        this.states = new ExpiringStates<>(subtask.backend(), clock::get, clock::get);
        this.value =
                states.value(
                        with(
                                config,
                                new ValueStateDescriptor<>("VALUE", serializer),
                                ValueStateDescriptor::withTimeToLive),
                        VoidNamespace.SERIALIZER);
        this.list =
                states.list(
                        with(
                                config,
                                new ListStateDescriptor<>("LIST", serializer),
                                ListStateDescriptor::withTimeToLive),
                        VoidNamespace.SERIALIZER);
        this.map =
                states.map(
                        with(
                                config,
                                new MapStateDescriptor<>("MAP", Serializers.STRING, serializer),
                                MapStateDescriptor::withTimeToLive),
                        VoidNamespace.SERIALIZER);
        this.reducing =
                states.reducing(
                        with(
                                config,
                                new ReducingStateDescriptor<>(
                                        "REDUCING", (first, second) -> second, serializer),
                                ReducingStateDescriptor::withTimeToLive),
                        VoidNamespace.SERIALIZER);
        this.aggregating =
                states.aggregating(
                        with(
                                config,
                                new AggregatingStateDescriptor<>(
                                        "AGGREGATING",
                                        new Latest<T>(),
                                        Serializers.list(serializer)),
                                AggregatingStateDescriptor::withTimeToLive),
                        VoidNamespace.SERIALIZER);
        for (Namespaced<VoidNamespace> each : List.of(value, list, map, reducing, aggregating)) {
            each.setCurrentNamespace(VoidNamespace.INSTANCE);
        }
    }

    private static <D> D with(
            Optional<StateTtlConfig> config,
            D descriptor,
            BiFunction<D, StateTtlConfig, D> giving) {
        return config.map(each -> giving.apply(descriptor, each)).orElse(descriptor);
    }

    Subtask<String> subtask() {
        return subtask;
    }

    ExpiringStates<String> states() {
        return states;
    }

    Namespaced.ListOf<VoidNamespace, T> list() {
        return list;
    }

    Namespaced.MapOf<VoidNamespace, String, T> map() {
        return map;
    }

    /** Chooses the key. */
    MortalStates<T> use(String key) {
        subtask.use(key);
        return this;
    }

    /** Stores a value in the place of what the current key has. */
    void write(StateKind kind, T written) {
        switch (kind) {
            case VALUE -> value.update(written);
            case LIST -> list.update(List.of(written));
            case MAP -> map.put("entry", written);
            case REDUCING -> reducing.add(written);
            case AGGREGATING -> aggregating.add(written);
        }
    }

    void writeEach(T written) {
        for (StateKind kind : StateKind.values()) {
            write(kind, written);
        }
    }

    /** What the current key has, in a list of at most one element. */
    List<T> read(StateKind kind) {
        List<T> read = new ArrayList<>();
        switch (kind) {
            case VALUE -> add(read, value.value());
            case LIST -> list.get().forEach(read::add);
            case MAP -> add(read, map.get("entry"));
            case REDUCING -> add(read, reducing.get());
            case AGGREGATING -> add(read, aggregating.get());
        }
        return read;
    }

    private static <T> void add(List<T> read, T value) {
        if (value != null) {
            read.add(value);
        }
    }

    /** The keys of which the backend has something, expired or not. */
    List<String> keys(StateKind kind) {
        return subtask.keys(kind.name(), VoidNamespace.INSTANCE);
    }
}
