package io.holdfast.backend.hashmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import io.holdfast.testkit.fixture.MemorySnapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that belong to numbers are kept without objects, and nobody can tell. */
class NumbersTest {
    private static final int GROUPS = 16;
    private static final VoidNamespace ONLY = VoidNamespace.INSTANCE;

    @TempDir private Path directory;
    private final MemorySnapshots snapshots = new MemorySnapshots();

    private <K> KeyedStateBackend<K> open(Serializer<K> keys, KeyedSnapshotHandle... restored)
            throws IOException {
        return new HashMapStateBackend()
                .open(
                        new KeyedBackendRequest<>(
                                "numbers (1/1)",
                                keys,
                                new KeyGroupRange(0, GROUPS - 1),
                                GROUPS,
                                directory,
                                new FixedMemoryBudget(1 << 20),
                                List.of(restored),
                                snapshots));
    }

    private static <K> void choose(KeyedStateBackend<K> backend, K key) {
        backend.setCurrentKey(key, KeyGroupRange.keyGroup(key, GROUPS));
    }

    private static <K, V> Namespaced.Value<VoidNamespace, V> state(
            KeyedStateBackend<K> backend, Serializer<V> values) {
        Namespaced.Value<VoidNamespace, V> state =
                backend.value(
                        new ValueStateDescriptor<>("number", values), VoidNamespace.SERIALIZER);
        state.setCurrentNamespace(ONLY);
        return state;
    }

    static Stream<Arguments> types() {
        Function<Long, Long> same = number -> number;
        return Stream.of(
                Arguments.of(Serializers.LONG, same, Serializers.LONG, same),
                Arguments.of(
                        Serializers.LONG,
                        (Function<Long, Long>) number -> number * 0x9E3779B97F4A7C15L,
                        Serializers.DOUBLE,
                        (Function<Long, Double>) number -> number / 7.0),
                Arguments.of(
                        Serializers.INTEGER,
                        (Function<Long, Integer>) number -> -number.intValue(),
                        Serializers.INTEGER,
                        (Function<Long, Integer>) number -> 3 - number.intValue()),
                Arguments.of(
                        Serializers.INTEGER,
                        (Function<Long, Integer>) Long::intValue,
                        Serializers.BOOLEAN,
                        (Function<Long, Boolean>) number -> number % 2 == 0));
    }

    @ParameterizedTest
    @MethodSource("types")
    <K, V> void equalAModelWhileSnapshotsAreWritten(
            Serializer<K> keys,
            Function<Long, K> toKey,
            Serializer<V> values,
            Function<Long, V> toValue)
            throws Exception {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Map<K, V> model = new HashMap<>();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        List<Future<KeyedSnapshotHandle>> written = new ArrayList<>();
        List<Map<K, V>> expected = new ArrayList<>();
        try (KeyedStateBackend<K> backend = open(keys)) {
            Namespaced.Value<VoidNamespace, V> state = state(backend, values);
            for (int step = 0; step < 60_000; step++) {
                K key = toKey.apply((long) random.nextInt(step % 20_000 < 12_000 ? 4_000 : 400));
                choose(backend, key);
                assertThat(state.value()).as("seed %d", seed).isEqualTo(model.get(key));
                int what = random.nextInt(10);
                if (what < 6) {
                    V value = toValue.apply(random.nextLong(1_000_000));
                    state.update(value);
                    model.put(key, value);
                } else if (what < 9) {
                    state.clear();
                    model.remove(key);
                }
                if (step % 6_000 == 5_000) {
                    RunningSnapshot snapshot =
                            backend.snapshot(
                                    new SnapshotRequest(step, SnapshotKind.FULL, snapshots));
                    expected.add(new HashMap<>(model));
                    written.add(
                            writer.submit(
                                    () -> {
                                        try (snapshot) {
                                            return snapshot.write();
                                        }
                                    }));
                }
            }
            assertThat(keysOf(backend)).isEqualTo(model.keySet());
            for (Future<KeyedSnapshotHandle> each : written) {
                each.get();
            }
        } finally {
            writer.shutdown();
        }
        for (int i = 0; i < written.size(); i++) {
            try (KeyedStateBackend<K> restored = open(keys, written.get(i).get())) {
                Namespaced.Value<VoidNamespace, V> state = state(restored, values);
                assertThat(keysOf(restored)).isEqualTo(expected.get(i).keySet());
                for (Map.Entry<K, V> entry : expected.get(i).entrySet()) {
                    choose(restored, entry.getKey());
                    assertThat(state.value()).isEqualTo(entry.getValue());
                }
            }
        }
    }

    private static <K> Set<K> keysOf(KeyedStateBackend<K> backend) {
        Set<K> keys = new HashSet<>();
        try (CloseableIterator<K> all = backend.keys("number", ONLY)) {
            all.forEachRemaining(key -> assertThat(keys.add(key)).isTrue());
        }
        return keys;
    }

    @Test
    void extremesStayWhatTheyAre() throws IOException {
        try (KeyedStateBackend<Long> backend = open(Serializers.LONG)) {
            Namespaced.Value<VoidNamespace, Double> state = state(backend, Serializers.DOUBLE);
            List<Long> keys = List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32);
            List<Double> values =
                    List.of(
                            -0.0,
                            Double.NaN,
                            Double.longBitsToDouble(0x7ff8_0000_0000_0123L),
                            Double.MIN_VALUE,
                            Double.NEGATIVE_INFINITY);
            for (int i = 0; i < keys.size(); i++) {
                choose(backend, keys.get(i));
                assertThat(state.value()).isNull();
                state.update(values.get(i));
            }
            for (int i = 0; i < keys.size(); i++) {
                choose(backend, keys.get(i));
                assertThat(Double.doubleToRawLongBits(state.value()))
                        .isEqualTo(Double.doubleToRawLongBits(values.get(i)));
            }
            assertThat(keysOf(backend)).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @Test
    void areCombinedToo() throws IOException {
        try (KeyedStateBackend<Integer> backend = open(Serializers.INTEGER)) {
            Namespaced.Reducing<VoidNamespace, Long> state =
                    backend.reducing(
                            new ReducingStateDescriptor<>(
                                    "number", (a, b) -> a + b == 0 ? null : a + b, Long.class),
                            VoidNamespace.SERIALIZER);
            state.setCurrentNamespace(ONLY);
            choose(backend, 7);
            state.add(5L);
            state.add(-3L);
            assertThat(state.get()).isEqualTo(2L);
            state.add(-2L);
            assertThat(state.get()).as("a function that gives nothing").isNull();
            assertThat(keysOf(backend)).isEmpty();
        }
    }
}
