package io.holdfast.backend.hashmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.RunningSnapshot;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.SnapshotRequest;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.fixture.FixedMemoryBudget;
import io.holdfast.testkit.fixture.MemorySnapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Long chains of incremental checkpoints, compressed or not, some of them aborted, each restored
 * and compared.
 */
class IncrementalTest {
    private static final int GROUPS = 12;
    private static final int CHECKPOINTS = 160;
    private static final VoidNamespace ONLY = VoidNamespace.INSTANCE;

    @TempDir private Path directory;
    private final MemorySnapshots snapshots = new MemorySnapshots();

    /** Several threads even for a little. */
    private HashMapStateBackend factory = backend(false);

    private static HashMapStateBackend backend(boolean compressed) {
        return new HashMapStateBackend(new SnapshotSettings(3, 40, compressed));
    }

    /** A subtask with a state of each layout. */
    private final class Subtask<K> implements AutoCloseable {
        private final KeyedStateBackend<K> backend;
        private final Namespaced.Value<VoidNamespace, Long> number;
        private final Namespaced.ListOf<VoidNamespace, String> list;
        private final Namespaced.MapOf<VoidNamespace, Long, String> map;
        private final TimerQueue<K, VoidNamespace> timers;

        /** What {@link #timers} should hold. */
        private final TreeSet<String> alarms = new TreeSet<>();

        Subtask(Serializer<K> keys, KeyGroupRange range, List<KeyedSnapshotHandle> restored)
                throws IOException {
            backend =
                    factory.open(
                            new KeyedBackendRequest<>(
                                    "incremental (1/1)",
                                    keys,
                                    range,
                                    GROUPS,
                                    directory,
                                    new FixedMemoryBudget(1 << 20),
                                    restored,
                                    snapshots));
            number =
                    backend.value(
                            new ValueStateDescriptor<>("number", Serializers.LONG),
                            VoidNamespace.SERIALIZER);
            list =
                    backend.list(
                            new ListStateDescriptor<>("list", Serializers.STRING),
                            VoidNamespace.SERIALIZER);
            map =
                    backend.map(
                            new MapStateDescriptor<>("map", Serializers.LONG, Serializers.STRING),
                            VoidNamespace.SERIALIZER);
            timers = backend.timers("timers", VoidNamespace.SERIALIZER);
            number.setCurrentNamespace(ONLY);
            list.setCurrentNamespace(ONLY);
            map.setCurrentNamespace(ONLY);
        }

        void choose(K key) {
            backend.setCurrentKey(key, KeyGroupRange.keyGroup(key, GROUPS));
        }

        /** What is stored under a key, as text. */
        String read(K key) {
            choose(key);
            TreeMap<Long, String> sorted = new TreeMap<>();
            map.entries().forEach(each -> sorted.put(each.getKey(), each.getValue()));
            List<String> elements = new ArrayList<>();
            list.get().forEach(elements::add);
            return number.value() + " " + elements + " " + sorted;
        }

        @Override
        public void close() throws IOException {
            backend.close();
        }
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of(Serializers.LONG, (IntFunction<Long>) number -> number * 77L, false),
                Arguments.of(
                        Serializers.STRING, (IntFunction<String>) number -> "key " + number, true));
    }

    @ParameterizedTest
    @MethodSource("keys")
    <K> void everyCheckpointOfAChainHoldsWhatItFixed(
            Serializer<K> keys, IntFunction<K> toKey, boolean compressed) throws IOException {
        factory = backend(compressed);
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int bound = 400;
        try (Subtask<K> task = new Subtask<>(keys, new KeyGroupRange(0, GROUPS - 1), List.of())) {
            for (int checkpoint = 1; checkpoint <= CHECKPOINTS; checkpoint++) {
                int changes = random.nextInt(4) == 0 ? 600 : random.nextInt(30);
                for (int i = 0; i < changes; i++) {
                    change(task, random, toKey.apply(random.nextInt(bound)));
                }
                if (random.nextInt(40) == 0) {
                    for (int i = 0; i < bound; i++) {
                        task.choose(toKey.apply(i));
                        task.number.clear();
                        task.map.clear();
                    }
                }
                RunningSnapshot running =
                        task.backend.snapshot(
                                new SnapshotRequest(
                                        checkpoint, SnapshotKind.INCREMENTAL, snapshots));
                Map<K, String> expected = content(task, toKey, bound);
                List<String> alarms = List.copyOf(task.alarms);
                for (int i = 0; i < random.nextInt(20); i++) {
                    change(task, random, toKey.apply(random.nextInt(bound)));
                }
                if (random.nextInt(6) == 0) {
                    running.close();
                    task.backend.checkpointAborted(checkpoint);
                    continue;
                }
                KeyedSnapshotHandle handle = running.write();
                running.close();
                expectRestored(
                        keys,
                        handle,
                        expected,
                        alarms,
                        "seed %d, checkpoint %d".formatted(seed, checkpoint));
                if (random.nextInt(5) == 0) {
                    task.backend.checkpointAborted(checkpoint);
                } else if (random.nextInt(8) > 0) {
                    task.backend.checkpointCompleted(checkpoint);
                }
            }
        }
        assertThat(snapshots.openStreams()).isEmpty();
    }

    private static <K> void change(Subtask<K> task, SplittableRandom random, K key) {
        task.choose(key);
        long number = random.nextLong(5);
        switch (random.nextInt(10)) {
            case 0, 1 -> task.number.update(random.nextLong());
            case 2 -> task.number.clear();
            case 3 -> task.list.add("element " + random.nextInt(100));
            case 4 -> task.list.clear();
            case 5, 6 -> task.map.put(number, random.nextInt(9) == 0 ? null : "text " + number);
            case 7 -> task.map.remove(number);
            case 8 -> {
                long time = random.nextLong(50);
                assertThat(task.timers.add(time, ONLY))
                        .isEqualTo(task.alarms.add(time + " " + key));
            }
            default -> {
                long time = random.nextLong(50);
                if (random.nextBoolean()) {
                    task.alarms.removeAll(polled(task, 1));
                } else {
                    assertThat(task.timers.remove(time, ONLY))
                            .isEqualTo(task.alarms.remove(time + " " + key));
                }
            }
        }
    }

    private static <K> List<String> polled(Subtask<K> task, int most) {
        List<String> polled = new ArrayList<>();
        while (polled.size() < most && !task.timers.isEmpty()) {
            TimerQueue.Timer<K, VoidNamespace> timer = task.timers.poll();
            polled.add(timer.time() + " " + timer.key());
        }
        return polled;
    }

    private static <K> Map<K, String> content(Subtask<K> task, IntFunction<K> toKey, int bound) {
        Map<K, String> content = new TreeMap<>();
        for (int i = 0; i < bound; i++) {
            content.put(toKey.apply(i), task.read(toKey.apply(i)));
        }
        return content;
    }

    /** In two subtasks, each of which reads only its groups. */
    private <K> void expectRestored(
            Serializer<K> keys,
            KeyedSnapshotHandle handle,
            Map<K, String> expected,
            List<String> alarms,
            String when)
            throws IOException {
        int cut = GROUPS / 3;
        try (Subtask<K> low = new Subtask<>(keys, new KeyGroupRange(0, cut - 1), List.of(handle));
                Subtask<K> high =
                        new Subtask<>(keys, new KeyGroupRange(cut, GROUPS - 1), List.of(handle))) {
            expected.forEach(
                    (key, content) -> {
                        boolean isLow = KeyGroupRange.keyGroup(key, GROUPS) < cut;
                        assertThat((isLow ? low : high).read(key))
                                .as("%s, key %s", when, key)
                                .isEqualTo(content);
                    });
            List<String> restored = polled(low, Integer.MAX_VALUE);
            restored.addAll(polled(high, Integer.MAX_VALUE));
            assertThat(restored).as(when).containsExactlyInAnyOrderElementsOf(alarms);
        }
    }

    @Test
    void afterFewChangesFewBytesAreWritten() throws IOException {
        try (Subtask<Long> task =
                new Subtask<>(Serializers.LONG, new KeyGroupRange(0, GROUPS - 1), List.of())) {
            for (long key = 0; key < 50_000; key++) {
                task.choose(key);
                task.number.update(key);
            }
            long whole = written(task, 1);
            for (long key = 0; key < 50_000; key += 100) {
                task.choose(key);
                task.number.update(-key);
            }
            long later = written(task, 2);
            assertThat(later).isLessThan(whole * 3 / 100);
        }
    }

    /** Bytes of the streams that a checkpoint wrote, which is complete then. */
    private long written(Subtask<Long> task, long checkpoint) throws IOException {
        List<Long> lengths = new ArrayList<>();
        RunningSnapshot running =
                task.backend.snapshot(
                        new SnapshotRequest(
                                checkpoint,
                                SnapshotKind.INCREMENTAL,
                                scope -> new Counted(snapshots.create(scope), lengths)));
        running.write();
        running.close();
        task.backend.checkpointCompleted(checkpoint);
        return lengths.stream().mapToLong(Long::longValue).sum();
    }
}
