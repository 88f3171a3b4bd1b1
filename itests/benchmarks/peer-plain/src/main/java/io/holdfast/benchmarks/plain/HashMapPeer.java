package io.holdfast.benchmarks.plain;

import io.holdfast.benchmarks.state.FoldStore;
import io.holdfast.benchmarks.state.ListStore;
import io.holdfast.benchmarks.state.MapStore;
import io.holdfast.benchmarks.state.ObjectStore;
import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import io.holdfast.benchmarks.state.TimerStore;
import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.WordStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** A {@code HashMap}, and a {@code PriorityQueue} for timers. */
public final class HashMapPeer implements StatePeer {

    @Override
    public String name() {
        return "plain-hashmap";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return Map.of(
                ValueStore.class, directory -> new Values(),
                MapStore.class, directory -> new Maps(),
                ListStore.class, directory -> new Lists(),
                FoldStore.Reducing.class, directory -> new Sums(),
                FoldStore.Aggregating.class, directory -> new Accumulators(),
                TimerStore.class, directory -> new Timers(),
                WordStore.class, directory -> new Words(),
                ObjectStore.class, directory -> new Objects());
    }

    /** A map that is dropped when it is closed. */
    private abstract static class OnMap<K, V> implements Store {
        final Map<K, V> entries = new HashMap<>();

        @Override
        public void close() {
            entries.clear();
        }
    }

    private static final class Values extends OnMap<Long, Long> implements ValueStore {

        @Override
        public long get(long key) {
            Long value = entries.get(key);
            return value == null ? 0 : value;
        }

        @Override
        public void update(long key, long value) {
            entries.put(key, value);
        }

        /** One look-up to read and one to write, like every other peer. */
        @Override
        public long add(long key, long delta) {
            Long boxedKey = key;
            Long value = entries.get(boxedKey);
            long sum = (value == null ? 0 : value) + delta;
            entries.put(boxedKey, sum);
            return sum;
        }

        @Override
        public void remove(long key) {
            entries.remove(key);
        }
    }

    private static final class Maps extends OnMap<Long, Map<Long, Double>> implements MapStore {

        @Override
        public double get(long key, long mapKey) {
            return entries.get(key).get(mapKey);
        }

        @Override
        public void put(long key, long mapKey, double value) {
            Long boxedKey = key;
            Map<Long, Double> map = entries.get(boxedKey);
            if (map == null) {
                map = new HashMap<>();
                entries.put(boxedKey, map);
            }
            map.put(mapKey, value);
        }

        @Override
        public boolean contains(long key, long mapKey) {
            return entries.get(key).containsKey(mapKey);
        }

        @Override
        public void remove(long key, long mapKey) {
            entries.get(key).remove(mapKey);
        }

        @Override
        public double sum(long key) {
            double sum = 0;
            for (Map.Entry<Long, Double> entry : entries.get(key).entrySet()) {
                sum += entry.getValue();
            }
            return sum;
        }
    }

    private static final class Lists extends OnMap<Long, List<Long>> implements ListStore {

        @Override
        public void add(long key, long element) {
            list(key).add(element);
        }

        @Override
        public void addAll(long key, List<Long> elements) {
            list(key).addAll(elements);
        }

        private List<Long> list(Long key) {
            List<Long> list = entries.get(key);
            if (list == null) {
                list = new ArrayList<>();
                entries.put(key, list);
            }
            return list;
        }

        @Override
        public long sum(long key) {
            long sum = 0;
            for (Long element : entries.get(key)) {
                sum += element;
            }
            return sum;
        }

        @Override
        public void update(long key, List<Long> elements) {
            entries.put(key, new ArrayList<>(elements));
        }
    }

    private static final class Sums extends OnMap<Long, Long> implements FoldStore.Reducing {

        @Override
        public void add(long key, long value) {
            Long boxedKey = key;
            Long sum = entries.get(boxedKey);
            entries.put(boxedKey, sum == null ? value : sum + value);
        }

        @Override
        public long get(long key) {
            Long sum = entries.get(key);
            return sum == null ? 0 : sum;
        }
    }

    private static final class Accumulators extends OnMap<Long, long[]>
            implements FoldStore.Aggregating {

        @Override
        public void add(long key, long value) {
            Long boxedKey = key;
            long[] accumulator = entries.get(boxedKey);
            if (accumulator == null) {
                accumulator = new long[2];
                entries.put(boxedKey, accumulator);
            }
            accumulator[0] += value;
            accumulator[1]++;
        }

        @Override
        public long get(long key) {
            long[] accumulator = entries.get(key);
            return accumulator == null ? 0 : accumulator[0] + accumulator[1];
        }
    }

    private static final class Timers implements TimerStore {

        /** A timer. */
        private record Timer(Long key, long time) {}

        private final PriorityQueue<Timer> order =
                new PriorityQueue<>(Comparator.comparingLong(Timer::time));
        private final Set<Timer> present = new HashSet<>();
        private long firedKey;

        @Override
        public void register(long key, long time) {
            Timer timer = new Timer(key, time);
            if (present.add(timer)) {
                order.add(timer);
            }
        }

        @Override
        public long fire() {
            Timer timer = order.remove();
            present.remove(timer);
            firedKey = timer.key();
            return timer.time();
        }

        @Override
        public long firedKey() {
            return firedKey;
        }

        @Override
        public void close() {
            order.clear();
            present.clear();
        }
    }

    private static final class Words extends OnMap<String, Long> implements WordStore {

        @Override
        public long count(String word) {
            Long before = entries.get(word);
            long count = before == null ? 1 : before + 1;
            entries.put(word, count);
            return count;
        }

        @Override
        public long counted(String word) {
            Long count = entries.get(word);
            return count == null ? 0 : count;
        }
    }

    private static final class Objects extends OnMap<String, ObjectStore.Account>
            implements ObjectStore {

        @Override
        public long pay(String name, long amount) {
            Account before = entries.get(name);
            Account after = (before == null ? Account.of(name) : before).paid(amount);
            entries.put(name, after);
            return after.balance();
        }

        @Override
        public Account get(String name) {
            return entries.get(name);
        }
    }
}
