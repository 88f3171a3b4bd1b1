package io.holdfast.benchmarks.state;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A number under each key: read, written, both, and replaced by one under another key. */
public class ValueBenchmark extends StoreBenchmark<ValueStore> {

    private static final int ZIPF_DRAWS = 1 << 22;

    /** {@code uniform}: every key once in a round; {@code zipf}: some much more often. */
    @Param("uniform")
    public String access;

    /** How long values live: {@code for-ever} or {@code an-hour}. */
    @Param("for-ever")
    public String life;

    private long[] accesses;
    private long additions;
    private long updates;
    private long newest;

    @Override
    @SuppressWarnings("unchecked") // a store of either kind is a ValueStore
    Class<ValueStore> kind() {
        Class<?> kind = life.equals("an-hour") ? ValueStore.Mortal.class : ValueStore.class;
        return (Class<ValueStore>) kind;
    }

    @Override
    int fill() throws Exception {
        long[] present = ScrambledKeys.inInsertionOrder(keys);
        for (long key : present) {
            store.update(key, DELTA);
        }
        newest = keys;
        accesses =
                access.equals("zipf")
                        ? Arrays.stream(Zipf.draws(keys, ZIPF_DRAWS))
                                .mapToLong(draw -> present[draw])
                                .toArray()
                        : ScrambledKeys.inAccessOrder(keys);
        return accesses.length;
    }

    /** One operation: one value, read. */
    @Benchmark
    public long get() throws Exception {
        return store.get(accesses[nextIndex()]);
    }

    /** One operation: one value, written. */
    @Benchmark
    public void update() throws Exception {
        store.update(accesses[nextIndex()], DELTA + ++updates);
    }

    /** One operation: one value, read, changed, written. */
    @Benchmark
    public long readModifyWrite() throws Exception {
        additions++;
        return store.add(accesses[nextIndex()], DELTA);
    }

    /** One operation: a new key, and the oldest key removed. */
    @Benchmark
    public void insertAndRemove() throws Exception {
        store.update(ScrambledKeys.at(newest), DELTA);
        store.remove(ScrambledKeys.at(newest - keys));
        newest++;
    }

    @Override
    void verify() throws Exception {
        if (updates > 0) {
            for (int i = 0; i < accesses.length; i++) {
                long last = visits(i) == 0 ? 0 : (visits(i) - 1) * accesses.length + i + 1;
                expect("the value written last", DELTA + last, store.get(accesses[i]));
            }
            return;
        }
        double sum = 0;
        for (long position = newest - keys; position < newest; position++) {
            sum += store.get(ScrambledKeys.at(position));
        }
        expect("the sum of all values", (double) (keys + additions) * DELTA, sum);
        for (long position = Math.max(0, newest - 2L * keys);
                position < newest - keys;
                position++) {
            expect("a removed value", 0, store.get(ScrambledKeys.at(position)));
        }
    }
}
