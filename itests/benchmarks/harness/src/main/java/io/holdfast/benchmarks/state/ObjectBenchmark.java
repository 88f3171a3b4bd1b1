package io.holdfast.benchmarks.state;

import java.util.HexFormat;
import org.openjdk.jmh.annotations.Benchmark;

/** An object under each name: the generic path, on which no layout for numbers helps. */
public class ObjectBenchmark extends StoreBenchmark<ObjectStore> {

    private String[] names;

    @Override
    Class<ObjectStore> kind() {
        return ObjectStore.class;
    }

    @Override
    int fill() throws Exception {
        for (long key : ScrambledKeys.inInsertionOrder(keys)) {
            store.pay(name(key), DELTA);
        }
        long[] accesses = ScrambledKeys.inAccessOrder(keys);
        names = new String[keys];
        for (int i = 0; i < keys; i++) {
            names[i] = name(accesses[i]);
        }
        return keys;
    }

    private static String name(long key) {
        return "user-" + HexFormat.of().toHexDigits(key);
    }

    /** One operation: one object, read, changed, written. */
    @Benchmark
    public long readModifyWrite() throws Exception {
        return store.pay(names[nextIndex()], DELTA);
    }

    @Override
    void verify() throws Exception {
        for (int i = 0; i < keys; i++) {
            long payments = visits(i) + 1;
            ObjectStore.Account account = store.get(names[i]);
            expect("the number of payments", payments, account.payments());
            expect("the balance", payments * DELTA, account.balance());
        }
    }
}
