package io.holdfast.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateKind;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * One subtask of the job: asks for each state when it is first needed, as jobs may, so that states
 * nobody has asked for pass through snapshots too.
 */
final class Worker<K, N> {

    /** Text of letters; the accumulator is changed in place. */
    private static final class Spelling
            implements AggregateFunction<Character, List<Character>, String> {
        @Override
        public List<Character> createAccumulator() {
            return new ArrayList<>();
        }

        @Override
        public List<Character> add(Character letter, List<Character> letters) {
            letters.add(letter);
            return letters;
        }

        @Override
        public String getResult(List<Character> letters) {
            StringBuilder word = new StringBuilder();
            letters.forEach(word::append);
            return word.toString();
        }

        @Override
        public List<Character> merge(List<Character> first, List<Character> second) {
            first.addAll(second);
            return first;
        }
    }

    private final Subtask<K> subtask;
    private final Serializer<N> serializer;
    private Namespaced.Value<N, List<Integer>> value;
    private Namespaced.ListOf<N, Short> list;
    private Namespaced.MapOf<N, Integer, String> map;
    private Namespaced.Reducing<N, List<Float>> reducing;
    private Namespaced.Aggregating<N, Character, String> aggregating;
    private TimerQueue<K, N> timers;

    Worker(Subtask<K> subtask, Serializer<N> serializer) {
        this.subtask = subtask;
        this.serializer = serializer;
    }

    Subtask<K> subtask() {
        return subtask;
    }

    private KeyedStateBackend<K> backend() {
        return subtask.backend();
    }

    Namespaced.Value<N, List<Integer>> value() {
        if (value == null) {
            value =
                    backend()
                            .value(
                                    new ValueStateDescriptor<>(
                                            "VALUE", Serializers.list(Serializers.INTEGER)),
                                    serializer);
        }
        return value;
    }

    Namespaced.ListOf<N, Short> list() {
        if (list == null) {
            list = backend().list(new ListStateDescriptor<>("LIST", Short.class), serializer);
        }
        return list;
    }

    Namespaced.MapOf<N, Integer, String> map() {
        if (map == null) {
            map =
                    backend()
                            .map(
                                    new MapStateDescriptor<>("MAP", Integer.class, String.class),
                                    serializer);
        }
        return map;
    }

    Namespaced.Reducing<N, List<Float>> reducing() {
        if (reducing == null) {
            reducing =
                    backend()
                            .reducing(
                                    new ReducingStateDescriptor<List<Float>>(
                                            "REDUCING",
                                            (first, second) -> {
                                                first.addAll(second);
                                                return first;
                                            },
                                            Serializers.list(Serializers.FLOAT)),
                                    serializer);
        }
        return reducing;
    }

    Namespaced.Aggregating<N, Character, String> aggregating() {
        if (aggregating == null) {
            aggregating =
                    backend()
                            .aggregating(
                                    new AggregatingStateDescriptor<>(
                                            "AGGREGATING",
                                            new Spelling(),
                                            Serializers.list(Serializers.CHARACTER)),
                                    serializer);
        }
        return aggregating;
    }

    TimerQueue<K, N> timers() {
        if (timers == null) {
            timers = backend().timers("timers", serializer);
        }
        return timers;
    }

    /** An entry of the current key as text. */
    String read(StateKind kind, N namespace) {
        state(kind).setCurrentNamespace(namespace);
        return Texts.of(
                switch (kind) {
                    case VALUE -> value().value();
                    case LIST -> list().get();
                    case MAP -> entries();
                    case REDUCING -> reducing().get();
                    case AGGREGATING -> aggregating().get();
                });
    }

    private Map<Integer, String> entries() {
        Map<Integer, String> entries = new TreeMap<>();
        for (Map.Entry<Integer, String> entry : map().entries()) {
            Integer key = entry.getKey();
            expect(!entries.containsKey(key), "map key %d once", key);
            entries.put(key, entry.getValue());
        }
        entries.forEach(
                (key, text) -> {
                    expect(map().contains(key), "map key %d contained", key);
                    expect(Objects.equals(map().get(key), text), "same text at map key %d", key);
                });
        expect(map().isEmpty() == entries.isEmpty(), "map empty or not, as its entries");
        int keys = 0;
        for (Integer key : map().keys()) {
            expect(entries.containsKey(key), "map key %d with an entry", key);
            keys++;
        }
        expect(keys == entries.size(), "each map key once");
        return entries;
    }

    private static void expect(boolean so, String what, Object... values) {
        if (!so) {
            throw new AssertionError("not so: " + what.formatted(values));
        }
    }

    /** The keys of a state, without its changing the current key. */
    Set<K> keys(StateKind kind, N namespace) {
        state(kind);
        List<K> keys = subtask.keys(kind.name(), namespace);
        assertThat(keys).as("keys of %s", kind).doesNotHaveDuplicates();
        return Set.copyOf(keys);
    }

    private Namespaced<N> state(StateKind kind) {
        return switch (kind) {
            case VALUE -> value();
            case LIST -> list();
            case MAP -> map();
            case REDUCING -> reducing();
            case AGGREGATING -> aggregating();
        };
    }
}
