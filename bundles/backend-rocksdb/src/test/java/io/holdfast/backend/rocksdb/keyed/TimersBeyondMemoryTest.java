package io.holdfast.backend.rocksdb.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.bench.Subtask;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue against a sorted set, with many more timers than are held in memory. */
class TimersBeyondMemoryTest {
    private static final int STEPS = 20_000;

    @RegisterExtension
    final StateBench bench =
            new StateBench(() -> new SmallBackend(new Limits(1 << 20, 8, 8, 8 * 128, 50)));

    private record Expected(long time, String key, long namespace) {}

    private final TreeSet<Expected> model =
            new TreeSet<>(
                    Comparator.comparingLong(Expected::time)
                            .thenComparing(Expected::key)
                            .thenComparing(Expected::namespace));

    private Subtask<String> subtask;
    private TimerQueue<String, Long> timers;

    @ParameterizedTest
    @ValueSource(ints = {1, 128})
    void theQueueIsAlwaysWhatASortedSetWouldBe(int groups) {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.println("timers: -Dtest.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        use(bench.opening(Serializers.STRING).maxParallelism(groups).open());

        for (int i = 0; i < STEPS; i++) {
            step(random);
            if (i % 5_000 == 4_999) {
                use(restarted(groups));
            }
            long next = model.isEmpty() ? Long.MAX_VALUE : model.first().time();
            assertThat(timers.nextTime()).as("seed %d, step %d", seed, i).isEqualTo(next);
            assertThat(timers.isEmpty()).isEqualTo(model.isEmpty());
        }
        while (!model.isEmpty()) {
            poll();
        }
        assertThat(timers.poll()).isNull();
    }

    private void use(Subtask<String> opened) {
        subtask = opened;
        timers = opened.backend().timers("timers", Serializers.LONG);
    }

    private Subtask<String> restarted(int groups) {
        KeyedSnapshotHandle handle = bench.snapshot(subtask, SnapshotKind.CANONICAL);
        subtask.close();
        return bench.opening(Serializers.STRING).maxParallelism(groups).from(handle).open();
    }

    // The queue grows in one phase of 2,000 steps and shrinks in the next.
    private void step(SplittableRandom random) {
        Expected timer =
                new Expected(
                        random.nextLong(-300, 300), "key" + random.nextInt(40), random.nextInt(3));
        int choice = random.nextInt(10);
        boolean grows = model.size() < 50 + random.nextInt(3_000);
        if (choice < (grows ? 7 : 3)) {
            subtask.use(timer.key());
            assertThat(timers.add(timer.time(), timer.namespace())).isEqualTo(model.add(timer));
        } else if (choice < 9) {
            subtask.use(timer.key());
            assertThat(timers.remove(timer.time(), timer.namespace()))
                    .isEqualTo(model.remove(timer));
        } else if (!model.isEmpty()) {
            poll();
        }
    }

    private void poll() {
        TimerQueue.Timer<String, Long> polled = timers.poll();
        Expected timer = new Expected(polled.time(), polled.key(), polled.namespace());
        assertThat(polled.time()).isEqualTo(model.first().time());
        assertThat(model.remove(timer)).as("%s is expected", timer).isTrue();
    }
}
