package io.holdfast.benchmarks.state;

import org.openjdk.jmh.annotations.Benchmark;

/** Ten entries under each key. */
public class MapBenchmark extends StoreBenchmark<MapStore> {

    private static final int ENTRIES = 10;
    private static final int VERIFIED_ONE_BY_ONE = 16;
    private static final double FIRST = 0.5;

    /** Twice as many as there are, so that half of the look-ups of {@link #contains} miss. */
    private static final long[] MAP_KEYS = ScrambledKeys.inInsertionOrder(2 * ENTRIES);

    private long[] accesses;
    private boolean written;

    @Override
    Class<MapStore> kind() {
        return MapStore.class;
    }

    @Override
    int fill() throws Exception {
        for (long key : ScrambledKeys.inInsertionOrder(keys)) {
            for (int entry = 0; entry < ENTRIES; entry++) {
                store.put(key, mapKey(key, entry), FIRST);
            }
        }
        accesses = ScrambledKeys.inAccessOrder(keys);
        return keys;
    }

    /** No two maps have equal keys. */
    private static long mapKey(long key, int entry) {
        return key ^ MAP_KEYS[entry];
    }

    /** Another one for each key, and for the same key in the next round. */
    private int entryOf(int possible) {
        return (int) ((next + rounds) % possible);
    }

    /** One operation: one entry, read. */
    @Benchmark
    public double get() throws Exception {
        int entry = entryOf(ENTRIES);
        long key = accesses[nextIndex()];
        return store.get(key, mapKey(key, entry));
    }

    /** One operation: one entry, written. */
    @Benchmark
    public void put() throws Exception {
        written = true;
        int entry = entryOf(ENTRIES);
        double value = FIRST + rounds + 1;
        long key = accesses[nextIndex()];
        store.put(key, mapKey(key, entry), value);
    }

    /** One operation: an entry looked for; every other one is there. */
    @Benchmark
    public boolean contains() throws Exception {
        int entry = entryOf(2 * ENTRIES);
        long key = accesses[nextIndex()];
        return store.contains(key, mapKey(key, entry));
    }

    /** One operation: one entry, removed and written again. */
    @Benchmark
    public void removeAndPut() throws Exception {
        written = true;
        int entry = entryOf(ENTRIES);
        double value = FIRST + rounds + 1;
        long key = accesses[nextIndex()];
        store.remove(key, mapKey(key, entry));
        store.put(key, mapKey(key, entry), value);
    }

    /** One operation: all ten entries of a key. */
    @Benchmark
    public double iterate() throws Exception {
        return store.sum(accesses[nextIndex()]);
    }

    @Override
    void verify() throws Exception {
        for (int i = 0; i < keys; i++) {
            long key = accesses[i];
            double sum = 0;
            for (int entry = 0; entry < ENTRIES; entry++) {
                double value = FIRST + lastRoundOf(i, entry);
                sum += value;
                if (i % VERIFIED_ONE_BY_ONE == 0) {
                    expect("an entry", value, store.get(key, mapKey(key, entry)));
                }
            }
            expect("the sum of a map", sum, store.sum(key));
            boolean absent = store.contains(key, mapKey(key, ENTRIES + i % ENTRIES));
            expect("presence of an absent entry", 0, absent ? 1 : 0);
        }
    }

    /** Number of the round, from 1 on, in which an entry was written last, or 0. */
    private long lastRoundOf(int index, int entry) {
        if (!written) {
            return 0;
        }
        long last = visits(index) - 1;
        long round = last - Math.floorMod(index + last - entry, ENTRIES);
        return round < 0 ? 0 : round + 1;
    }
}
