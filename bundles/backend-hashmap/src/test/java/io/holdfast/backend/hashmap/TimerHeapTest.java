package io.holdfast.backend.hashmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The order of timers against a sorted map. */
class TimerHeapTest {
    private final TimerHeap<Long> heap = new TimerHeap<>();

    @Test
    void randomStepsGiveTheSameAsASortedMap() {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("-Dtest.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Long, Integer> model = new TreeMap<>();
        for (int step = 0; step < 200_000; step++) {
            int what = random.nextInt(10);
            long time = random.nextLong(-5_000, 5_000);
            if (what < (step / 20_000 % 2 == 0 ? 6 : 2)) {
                if (!model.containsKey(time)) {
                    model.put(time, heap.add(time, time));
                }
            } else if (what < 8) {
                Map.Entry<Long, Integer> victim = model.ceilingEntry(time);
                if (victim != null) {
                    heap.cancel(victim.getValue());
                    model.remove(victim.getKey());
                }
            } else {
                Map.Entry<Long, Integer> first = model.pollFirstEntry();
                assertThat(heap.poll())
                        .as("seed %d", seed)
                        .isEqualTo(first == null ? null : first.getKey());
            }
            assertThat(heap.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(heap.nextTime())
                    .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.firstKey());
        }
    }

    @Test
    void timesThatAreEqualAreAllThere() {
        List<Long> polled = new ArrayList<>();
        for (long i = 0; i < 1_000; i++) {
            heap.add(i % 3, i);
        }
        for (Long next = heap.poll(); next != null; next = heap.poll()) {
            polled.add(next);
        }
        assertThat(polled).doesNotHaveDuplicates().hasSize(1_000);
        assertThat(polled).extracting(each -> each % 3).isSorted();
    }

    @Test
    void aTimerMovedForEverDoesNotPileUp() {
        Map<Integer, Integer> numbers = new HashMap<>();
        heap.add(0, 0L);
        int number = heap.add(1, 1L);
        for (int i = 0; i < 100_000; i++) {
            heap.cancel(number);
            number = heap.add(2 + i, 1L);
            numbers.put(number, i);
        }
        assertThat(numbers.size()).as("places for items").isLessThan(200);
    }
}
