package io.holdfast.benchmarks.plain;

import io.holdfast.benchmarks.state.FoldStore;
import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import io.holdfast.benchmarks.state.TimerStore;
import io.holdfast.benchmarks.state.ValueStore;
import java.util.Map;

/** A table of numbers and a heap of numbers, without a single object: the physical limit. */
public final class PrimitivePeer implements StatePeer {

    @Override
    public String name() {
        return "plain-primitive";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return Map.of(
                ValueStore.class, directory -> new Values(),
                FoldStore.Reducing.class, directory -> new Sums(),
                FoldStore.Aggregating.class, directory -> new Accumulators(),
                TimerStore.class, directory -> new Timers());
    }

    private static final class Values implements ValueStore {
        private final LongTable table = new LongTable(1);

        @Override
        public long get(long key) {
            int index = table.find(key);
            return index < 0 ? 0 : table.get(index);
        }

        @Override
        public void update(long key, long value) {
            table.set(table.claim(key), value);
        }

        @Override
        public long add(long key, long delta) {
            int index = table.claim(key);
            long sum = table.get(index) + delta;
            table.set(index, sum);
            return sum;
        }

        @Override
        public void remove(long key) {
            table.remove(key);
        }

        @Override
        public void close() {}
    }

    private static final class Sums implements FoldStore.Reducing {
        private final Values sums = new Values();

        @Override
        public void add(long key, long value) {
            sums.add(key, value);
        }

        @Override
        public long get(long key) {
            return sums.get(key);
        }

        @Override
        public void close() {}
    }

    private static final class Accumulators implements FoldStore.Aggregating {
        private final LongTable table = new LongTable(2);

        @Override
        public void add(long key, long value) {
            int index = table.claim(key);
            table.set(index, table.get(index) + value);
            table.set(index + 1, table.get(index + 1) + 1);
        }

        @Override
        public long get(long key) {
            int index = table.find(key);
            return index < 0 ? 0 : table.get(index) + table.get(index + 1);
        }

        @Override
        public void close() {}
    }

    private static final class Timers implements TimerStore {
        private final LongHeap order = new LongHeap();
        private long firedKey;

        @Override
        public void register(long key, long time) {
            order.add(time, key);
        }

        @Override
        public long fire() {
            long time = order.first();
            firedKey = order.second();
            order.removeFirst();
            return time;
        }

        @Override
        public long firedKey() {
            return firedKey;
        }

        @Override
        public void close() {}
    }
}
