package io.holdfast.benchmarks.state;

import io.holdfast.benchmarks.profile.CpuClock;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * A list under each key. Lists that grow are cut back before they fill the heap, which does not
 * count.
 */
public class ListBenchmark extends StoreBenchmark<ListStore> {

    private static final int ROUNDS_OF_ADD = 20;
    private static final int ROUNDS_OF_ADD_ALL = 5;
    private static final List<Long> TEN = elements(10);

    /** Number of elements in each list when measurement starts. */
    @Param("1")
    public int elements;

    private long[] accesses;

    /** Number of elements that an access adds; 0 if it replaces the list or only reads it. */
    private int added;

    private boolean replaced;

    @Override
    Class<ListStore> kind() {
        return ListStore.class;
    }

    private static List<Long> elements(int count) {
        List<Long> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(DELTA);
        }
        return List.copyOf(elements);
    }

    @Override
    int fill() throws Exception {
        for (long key : ScrambledKeys.inInsertionOrder(keys)) {
            for (int i = 0; i < elements; i++) {
                store.add(key, DELTA);
            }
        }
        accesses = ScrambledKeys.inAccessOrder(keys);
        return keys;
    }

    /** One operation: one element more. */
    @Benchmark
    public void add() throws Exception {
        added = 1;
        store.add(nextAfterCutting(ROUNDS_OF_ADD), DELTA);
    }

    /** One operation: ten elements more. */
    @Benchmark
    public void addAll() throws Exception {
        added = TEN.size();
        store.addAll(nextAfterCutting(ROUNDS_OF_ADD_ALL), TEN);
    }

    /** One operation: one list, read. */
    @Benchmark
    public long get() throws Exception {
        return store.sum(accesses[nextIndex()]);
    }

    /** One operation: one list, replaced by one of ten elements. */
    @Benchmark
    public void update() throws Exception {
        replaced = true;
        store.update(accesses[nextIndex()], TEN);
    }

    private long nextAfterCutting(int most) throws Exception {
        if (rounds == most) {
            CpuClock.exclude(this::cutBack);
            rounds = 0;
        }
        return accesses[nextIndex()];
    }

    private void cutBack() throws Exception {
        List<Long> first = elements(elements);
        for (long key : accesses) {
            store.update(key, first);
        }
    }

    @Override
    void verify() throws Exception {
        for (int i = 0; i < keys; i++) {
            long count = replaced && visits(i) > 0 ? TEN.size() : elements + added * visits(i);
            expect("the sum of a list", count * DELTA, store.sum(accesses[i]));
        }
    }
}
