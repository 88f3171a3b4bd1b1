package io.holdfast.testkit.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.TimerQueue.Timer;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.testkit.bench.Subtask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Timers come in the order of time, each once; there may be more than any cache holds. */
public abstract class TimerContract extends StateContract {

    /** More than backends keep in memory for one queue. */
    private static final int MANY = 20_000;

    /** For subclasses. */
    protected TimerContract() {}

    private static TimerQueue<String, Area> queue(Subtask<String> subtask) {
        return subtask.backend().timers("timers", Area.SERIALIZER);
    }

    private static <K, N> List<Timer<K, N>> drain(TimerQueue<K, N> queue) {
        List<Timer<K, N>> timers = new ArrayList<>();
        while (!queue.isEmpty()) {
            long next = queue.nextTime();
            Timer<K, N> timer = queue.poll();
            assertThat(timer.time()).as("next time").isEqualTo(next);
            timers.add(timer);
        }
        return timers;
    }

    private static List<Long> times(List<? extends Timer<?, ?>> timers) {
        return timers.stream().map(Timer::time).toList();
    }

    @Test
    void anEmptyQueueHasNoTimer() {
        TimerQueue<String, Area> queue = queue(open());

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.nextTime()).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.poll()).isNull();
        assertThat(queue.poll()).as("asked again").isNull();
    }

    @Test
    void timersComeInTheOrderOfTime() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        long[] times = {5, 3, 9, 1, 7};
        for (int i = 0; i < times.length; i++) {
            subtask.use("key-" + i);
            queue.add(times[i], Area.ULM);
        }

        assertThat(queue.nextTime()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(new Timer<>(1, "key-3", Area.ULM));
        assertThat(times(drain(queue))).containsExactly(3L, 5L, 7L, 9L);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aTimerIsTimeKeyAndNamespaceAndIsInTheQueueOnce() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        Set<Timer<String, Area>> expected = new HashSet<>();
        for (String key : List.of("Aa", "BB")) {
            subtask.use(key);
            for (Area area : List.of(Area.ULM, Area.BONN)) {
                for (long time : new long[] {1, 2}) {
                    assertThat(queue.add(time, area)).as("new").isTrue();
                    assertThat(queue.add(time, area)).as("there already").isFalse();
                    expected.add(new Timer<>(time, key, area));
                }
            }
        }

        List<Timer<String, Area>> drained = drain(queue);

        assertThat(drained).hasSize(8).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(times(drained)).isSorted();
    }

    @Test
    void aRemovedTimerDoesNotCome() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        subtask.use("Aa");
        queue.add(1, Area.ULM);
        queue.add(2, Area.ULM);
        queue.add(3, Area.ULM);

        assertThat(queue.remove(1, Area.ULM)).isTrue();
        assertThat(queue.remove(1, Area.ULM)).as("gone already").isFalse();
        assertThat(queue.remove(2, Area.BONN)).as("other namespace").isFalse();
        subtask.use("BB");
        assertThat(queue.remove(2, Area.ULM)).as("other key").isFalse();

        assertThat(queue.nextTime()).isEqualTo(2);
        assertThat(times(drain(queue))).containsExactly(2L, 3L);
    }

    @Test
    void removingTheLastTimerEmptiesTheQueue() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        subtask.use("Aa");
        queue.add(1, Area.ULM);

        queue.remove(1, Area.ULM);

        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.nextTime()).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aTimerThatCameOrWasRemovedCanBeAddedAgain() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        subtask.use("Aa");
        queue.add(1, Area.ULM);
        Timer<String, Area> first = queue.poll();
        assertThat(queue.remove(1, Area.ULM)).as("it came").isFalse();

        assertThat(queue.add(1, Area.ULM)).isTrue();
        assertThat(queue.add(1, Area.ULM)).isFalse();
        assertThat(queue.poll()).isEqualTo(first);
        assertThat(queue.add(1, Area.ULM)).isTrue();
        assertThat(queue.remove(1, Area.ULM)).isTrue();
        assertThat(queue.add(1, Area.ULM)).isTrue();

        assertThat(drain(queue)).containsExactly(first);
    }

    @Test
    void earlierTimersMayBeAddedWhilePolling() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        subtask.use("Aa");
        queue.add(10, Area.ULM);
        queue.add(20, Area.ULM);

        assertThat(queue.poll().time()).isEqualTo(10);
        queue.add(5, Area.ULM);
        queue.add(15, Area.ULM);

        assertThat(times(drain(queue))).containsExactly(5L, 15L, 20L);
    }

    @Test
    void anyTimeIsATime() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        subtask.use("Aa");
        for (long time : new long[] {0, Long.MAX_VALUE, -1, 1, Long.MIN_VALUE, 256, 255, -256}) {
            assertThat(queue.add(time, Area.ULM)).isTrue();
        }

        assertThat(queue.nextTime()).isEqualTo(Long.MIN_VALUE);
        assertThat(times(drain(queue)))
                .containsExactly(Long.MIN_VALUE, -256L, -1L, 0L, 1L, 255L, 256L, Long.MAX_VALUE);
    }

    @Test
    void aTimerAtTheEndOfTimeIsNotNoTimer() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        subtask.use("Aa");

        queue.add(Long.MAX_VALUE, Area.ULM);

        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.nextTime()).isEqualTo(Long.MAX_VALUE);
        assertThat(queue.poll()).isEqualTo(new Timer<>(Long.MAX_VALUE, "Aa", Area.ULM));
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void moreTimersThanAnyCacheHoldsComeInOrderAndOnce() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        List<Long> times = new ArrayList<>(LongStream.range(0, MANY).boxed().toList());
        java.util.Collections.shuffle(times, new java.util.Random(1));
        for (long time : times) {
            subtask.use("key-" + time % 101);
            queue.add(time - MANY / 2, new Area("x", (int) (time % 3)));
        }
        for (long time = 0; time < MANY; time += 5) {
            subtask.use("key-" + time % 101);
            assertThat(queue.remove(time - MANY / 2, new Area("x", (int) (time % 3)))).isTrue();
        }

        List<Timer<String, Area>> drained = drain(queue);

        assertThat(times(drained))
                .containsExactlyElementsOf(
                        LongStream.range(0, MANY)
                                .filter(time -> time % 5 != 0)
                                .mapToObj(time -> time - MANY / 2)
                                .toList());
    }

    @Test
    void randomAddsRemovesAndPollsAgreeWithASortedSet() {
        SplittableRandom random = new SplittableRandom(42);
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        Set<Timer<String, Area>> expected = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            String key = "key-" + random.nextInt(5);
            Area area = new Area("a", random.nextInt(2));
            long time = random.nextLong(-150, 150);
            Timer<String, Area> timer = new Timer<>(time, key, area);
            subtask.use(key);
            switch (random.nextInt(4)) {
                case 0, 1 -> assertThat(queue.add(time, area)).isEqualTo(expected.add(timer));
                case 2 -> assertThat(queue.remove(time, area)).isEqualTo(expected.remove(timer));
                default -> {
                    long earliest =
                            expected.stream().mapToLong(Timer::time).min().orElse(Long.MAX_VALUE);
                    assertThat(queue.nextTime()).isEqualTo(earliest);
                    Timer<String, Area> polled = queue.poll();
                    if (expected.isEmpty()) {
                        assertThat(polled).isNull();
                    } else {
                        assertThat(polled.time()).isEqualTo(earliest);
                        assertThat(expected.remove(polled)).as("%s was added", polled).isTrue();
                    }
                }
            }
            assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
        }
    }

    @Test
    void queuesOfDifferentNamesAreSeparate() {
        Subtask<String> subtask = open();
        TimerQueue<String, Area> event = subtask.backend().timers("event", Area.SERIALIZER);
        TimerQueue<String, VoidNamespace> processing =
                subtask.backend().timers("processing", VoidNamespace.SERIALIZER);
        subtask.use("Aa");
        event.add(1, Area.ULM);
        processing.add(2, VoidNamespace.INSTANCE);

        assertThat(event.remove(2, Area.ULM)).isFalse();
        assertThat(processing.poll()).isEqualTo(new Timer<>(2, "Aa", VoidNamespace.INSTANCE));
        assertThat(processing.isEmpty()).isTrue();
        assertThat(subtask.backend().<Area>timers("event", Area.SERIALIZER).poll())
                .as("the same queue under the same name")
                .isEqualTo(new Timer<>(1, "Aa", Area.ULM));
        assertThat(event.isEmpty()).isTrue();
    }

    @Test
    void pollingLeavesTheCurrentKey() {
        Subtask<Long> subtask = bench.open(Serializers.LONG);
        TimerQueue<Long, Area> queue = subtask.backend().timers("timers", Area.SERIALIZER);
        subtask.use(1L);
        queue.add(1, Area.ULM);
        subtask.use(2L);

        assertThat(queue.poll()).isEqualTo(new Timer<>(1, 1L, Area.ULM));

        assertThat(subtask.backend().currentKey()).isEqualTo(2L);
        queue.add(5, Area.ULM);
        assertThat(queue.poll()).isEqualTo(new Timer<>(5, 2L, Area.ULM));
    }

    @EachKind
    void restoredTimersComeInOrderAndKnowEachOther(SnapshotKind kind) {
        assumeTaken(kind);
        Subtask<String> subtask = open();
        TimerQueue<String, Area> queue = queue(subtask);
        subtask.use("Aa");
        for (long time : new long[] {Long.MAX_VALUE, 0, -5, Long.MIN_VALUE, 300}) {
            queue.add(time, Area.ULM);
        }
        queue.poll();

        Subtask<String> restored = restart(subtask, kind);
        TimerQueue<String, Area> again = queue(restored);
        restored.use("Aa");

        assertThat(again.add(300, Area.ULM)).as("restored").isFalse();
        assertThat(again.add(Long.MIN_VALUE, Area.ULM)).as("polled before").isTrue();
        assertThat(again.remove(0, Area.ULM)).isTrue();
        assertThat(times(drain(again))).containsExactly(Long.MIN_VALUE, -5L, 300L, Long.MAX_VALUE);
    }
}
