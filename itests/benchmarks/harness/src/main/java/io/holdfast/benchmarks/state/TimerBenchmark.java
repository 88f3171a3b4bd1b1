package io.holdfast.benchmarks.state;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;

/** A queue with one timer for each key: the earliest fires, and its key registers another one. */
public class TimerBenchmark extends StoreBenchmark<TimerStore> {

    private static final long START_MILLIS = 1_700_000_000_000L;
    private static final int DELAYS = 1 << 20;
    private static final int LONGEST_DELAY_MILLIS = 10_000_000;

    private int[] delays;
    private long lastFired;
    private long disorders;
    private long sumOfTimes;

    @Override
    Class<TimerStore> kind() {
        return TimerStore.class;
    }

    @Override
    int fill() throws Exception {
        delays = new SplittableRandom(3).ints(DELAYS, 1, LONGEST_DELAY_MILLIS).toArray();
        for (long key : ScrambledKeys.inInsertionOrder(keys)) {
            register(key, START_MILLIS);
        }
        return DELAYS;
    }

    private void register(long key, long now) throws Exception {
        long time = now + delays[nextIndex()];
        sumOfTimes += time;
        store.register(key, time);
    }

    private long fire() throws Exception {
        long time = store.fire();
        if (time < lastFired) {
            disorders++;
        }
        lastFired = time;
        sumOfTimes -= time;
        return time;
    }

    /** One operation: a timer fires, another one is registered. */
    @Benchmark
    public void registerAndFire() throws Exception {
        long time = fire();
        register(store.firedKey(), time);
    }

    @Override
    void verify() throws Exception {
        long union = 0;
        long expected = 0;
        for (int i = 0; i < keys; i++) {
            fire();
            union ^= store.firedKey();
            expected ^= ScrambledKeys.at(i);
        }
        expect("the number of timers that fired too late", 0, disorders);
        expect("the sum of times registered and not fired", 0, sumOfTimes);
        expect("the difference of the keys that have a timer", 0, union == expected ? 0 : 1);
    }
}
