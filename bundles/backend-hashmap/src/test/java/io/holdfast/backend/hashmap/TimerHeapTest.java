package io.holdfast.backend.hashmap;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.Intervals;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.TimerQueue.Timer;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.canonical.StateSchema.Kind;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The order of timers against collections of the JDK. */
class TimerHeapTest {
    private static final int GROUPS = 8;

    private static SplittableRandom random() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        return new SplittableRandom(seed);
    }

    @Test
    void timesComeInOrderHoweverTheyWereAdded() {
        SplittableRandom random = random();
        PriorityQueue<Long> model = new PriorityQueue<>();
        TimerHeap heap = new TimerHeap();
        for (int step = 0; step < 200_000; step++) {
            if (step % 50_000 == 49_999) {
                for (int i = 0; i < 1_000; i++) {
                    long time = random.nextLong(-5_000, 5_000);
                    model.add(time);
                    heap.addLast(time, -time);
                }
                heap.restoreOrder();
            } else if (random.nextInt(10) < (step / 20_000 % 2 == 0 ? 6 : 4)) {
                long time = random.nextLong(-5_000, 5_000);
                model.add(time);
                heap.add(time, -time);
            } else if (!model.isEmpty()) {
                assertThat(heap.number()).isEqualTo(-heap.time());
                assertThat(heap.time()).isEqualTo(model.remove());
                heap.removeFirst();
            }
            assertThat(heap.size()).isEqualTo(model.size());
            assertThat(heap.time()).isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.peek());
        }
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of(
                        Serializers.LONG,
                        (LongFunction<Long>) number -> number,
                        VoidNamespace.SERIALIZER,
                        (LongFunction<VoidNamespace>) number -> VoidNamespace.INSTANCE),
                Arguments.of(
                        Serializers.INTEGER,
                        (LongFunction<Integer>) number -> (int) -number,
                        TimeWindow.SERIALIZER,
                        (LongFunction<TimeWindow>) number -> new TimeWindow(number, number + 1)),
                Arguments.of(
                        Serializers.STRING,
                        (LongFunction<String>) number -> "key " + number,
                        VoidNamespace.SERIALIZER,
                        (LongFunction<VoidNamespace>) number -> VoidNamespace.INSTANCE));
    }

    /** Adds, removes and adds again, so that dead nodes pile up and are found. */
    @ParameterizedTest
    @MethodSource("kinds")
    <K, N> void timersRemovedAndAddedAgainFireOnce(
            Serializer<K> keySerializer,
            LongFunction<K> toKey,
            Serializer<N> namespace,
            LongFunction<N> toNamespace) {
        SplittableRandom random = random();
        CurrentKey<K> keys =
                new CurrentKey<>(
                        "timers (1/1)",
                        new KeyGroupRange(0, GROUPS - 1),
                        Bits.ofKeys(keySerializer));
        HeapTimers<K, N> timers =
                new HeapTimers<>(
                        new StateSchema(
                                "timers",
                                Kind.TIMERS,
                                namespace.snapshot(),
                                Optional.empty(),
                                Optional.empty()),
                        keys,
                        GROUPS,
                        new Epochs(),
                        new Intervals(),
                        namespace);
        TreeMap<Long, TreeSet<Long>> model = new TreeMap<>();
        for (int step = 0; step < 200_000; step++) {
            long number = random.nextLong(40);
            long time = random.nextLong(60);
            K key = toKey.apply(number);
            N in = toNamespace.apply(number % 3);
            keys.set(key, KeyGroupRange.keyGroup(key, GROUPS));
            TreeSet<Long> atTime = model.computeIfAbsent(time, any -> new TreeSet<>());
            int what = random.nextInt(10);
            if (what < 4) {
                assertThat(timers.add(time, in)).isEqualTo(atTime.add(number));
            } else if (what < 9) {
                assertThat(timers.remove(time, in)).isEqualTo(atTime.remove(number));
            }
            model.values().removeIf(TreeSet::isEmpty);
            assertThat(timers.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(timers.nextTime())
                    .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.firstKey());
            if (what == 9 && !model.isEmpty()) {
                Timer<K, N> fired = timers.poll();
                assertThat(fired.time()).isEqualTo(model.firstKey());
                Long whose =
                        model.firstEntry().getValue().stream()
                                .filter(each -> toKey.apply(each).equals(fired.key()))
                                .findAny()
                                .orElseThrow();
                assertThat(fired.namespace()).isEqualTo(toNamespace.apply(whose % 3));
                model.firstEntry().getValue().remove(whose);
                model.values().removeIf(TreeSet::isEmpty);
            }
        }
        assertThat(timers.nodes()).as("nodes of %s", model).isLessThan(2 * 40 * 60 + 200);
    }
}
