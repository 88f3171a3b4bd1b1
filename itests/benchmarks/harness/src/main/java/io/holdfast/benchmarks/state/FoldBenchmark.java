package io.holdfast.benchmarks.state;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Numbers added to what is there under each key already. */
public class FoldBenchmark extends StoreBenchmark<FoldStore> {

    /** {@code reducing} or {@code aggregating}. */
    @Param("reducing")
    public String fold;

    private long[] accesses;

    @Override
    @SuppressWarnings("unchecked") // a store of either kind is a FoldStore
    Class<FoldStore> kind() {
        Class<?> kind = aggregates() ? FoldStore.Aggregating.class : FoldStore.Reducing.class;
        return (Class<FoldStore>) kind;
    }

    private boolean aggregates() {
        return fold.equals("aggregating");
    }

    @Override
    int fill() throws Exception {
        for (long key : ScrambledKeys.inInsertionOrder(keys)) {
            store.add(key, DELTA);
        }
        accesses = ScrambledKeys.inAccessOrder(keys);
        return keys;
    }

    /** One operation: one number added. */
    @Benchmark
    public void add() throws Exception {
        store.add(accesses[nextIndex()], DELTA);
    }

    @Override
    void verify() throws Exception {
        for (int i = 0; i < keys; i++) {
            long additions = visits(i) + 1;
            expect(
                    "what was added",
                    additions * (aggregates() ? DELTA + 1 : DELTA),
                    store.get(accesses[i]));
        }
    }
}
