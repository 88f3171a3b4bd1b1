package io.holdfast.benchmarks.state;

import io.holdfast.benchmarks.profile.CpuClock;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Values under new keys only, from an empty store on. As often as all keys are there, a new store
 * is opened, whose time does not count.
 */
public class InsertBenchmark extends StoreBenchmark<ValueStore> {

    private long[] insertions;
    private int present;

    @Override
    Class<ValueStore> kind() {
        return ValueStore.class;
    }

    @Override
    int fill() {
        insertions = ScrambledKeys.inInsertionOrder(keys);
        return keys;
    }

    /** One operation: a value under a new key. */
    @Benchmark
    public void insert() throws Exception {
        if (present == keys) {
            CpuClock.exclude(this::openEmpty);
            present = 0;
        }
        store.update(insertions[nextIndex()], DELTA);
        present++;
    }

    @Override
    void verify() throws Exception {
        for (int i = 0; i < keys; i++) {
            expect("a value", i < present ? DELTA : 0, store.get(insertions[i]));
        }
    }
}
