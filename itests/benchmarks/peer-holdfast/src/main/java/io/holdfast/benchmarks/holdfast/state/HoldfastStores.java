package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.AppendingState;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.benchmarks.state.FoldStore;
import io.holdfast.benchmarks.state.ListStore;
import io.holdfast.benchmarks.state.MapStore;
import io.holdfast.benchmarks.state.ObjectStore;
import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import io.holdfast.benchmarks.state.TimerStore;
import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.WordStore;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One state of one keyed backend each, as a keyed function uses it. */
final class HoldfastStores {

    private static final Serializer<VoidNamespace> VOID = VoidNamespace.SERIALIZER;

    private HoldfastStores() {}

    /** All stores, on a backend of their own each. */
    static Map<Class<? extends Store>, StatePeer.Opening> on(String name) {
        StateBackend choice = HoldfastBackend.named(name);
        return Map.of(
                ValueStore.class, directory -> new Values(choice, directory),
                ValueStore.Mortal.class, directory -> new MortalValues(choice, directory),
                MapStore.class, directory -> new Maps(choice, directory),
                ListStore.class, directory -> new Lists(choice, directory),
                FoldStore.Reducing.class, directory -> new Sums(choice, directory),
                FoldStore.Aggregating.class, directory -> new Accumulators(choice, directory),
                TimerStore.class, directory -> new Timers(choice, directory),
                WordStore.class, directory -> new Words(choice, directory),
                ObjectStore.class, directory -> new Objects(choice, directory));
    }

    /** A store on a backend that is closed with it. */
    private abstract static class OnBackend<K> implements Store {
        final HoldfastBackend<K> backend;

        OnBackend(StateBackend choice, Serializer<K> keys, Path directory) throws IOException {
            backend = HoldfastBackend.open(choice, keys, directory);
        }

        void select(K key) {
            backend.select(key);
        }

        @Override
        public final void close() throws IOException {
            backend.close();
        }
    }

    /** Numbers in a value state that lives one way or the other. */
    private abstract static class Numbers extends OnBackend<Long> implements ValueStore {
        private ValueState<Long> state;

        Numbers(StateBackend choice, Path directory) throws IOException {
            super(choice, Serializers.LONG, directory);
        }

        final void use(Namespaced.Value<VoidNamespace, Long> opened) {
            state = HoldfastBackend.state(opened);
        }

        @Override
        public long get(long key) {
            select(key);
            Long value = state.value();
            return value == null ? 0 : value;
        }

        @Override
        public void update(long key, long value) {
            select(key);
            state.update(value);
        }

        @Override
        public long add(long key, long delta) {
            select(key);
            Long value = state.value();
            long sum = (value == null ? 0 : value) + delta;
            state.update(sum);
            return sum;
        }

        @Override
        public void remove(long key) {
            select(key);
            state.clear();
        }
    }

    private static final class Values extends Numbers {
        Values(StateBackend choice, Path directory) throws IOException {
            super(choice, directory);
            use(
                    backend.keyed()
                            .value(new ValueStateDescriptor<>("values", Serializers.LONG), VOID));
        }
    }

    /** Cleaned up as the engine does by default: a little between two batches of records. */
    private static final class MortalValues extends Numbers implements ValueStore.Mortal {
        private static final int BATCH = 256;

        private final ExpiringStates<Long> states;
        private int inBatch;

        MortalValues(StateBackend choice, Path directory) throws IOException {
            super(choice, directory);
            states =
                    new ExpiringStates<>(
                            backend.keyed(), System::currentTimeMillis, () -> Long.MIN_VALUE);
            use(
                    states.value(
                            new ValueStateDescriptor<>("values", Serializers.LONG)
                                    .withTimeToLive(
                                            StateTtlConfig.newBuilder(Duration.ofHours(1)).build()),
                            VOID));
        }

        @Override
        void select(Long key) {
            if (++inBatch == BATCH) {
                inBatch = 0;
                states.cleanInBackground(1);
            }
            super.select(key);
        }
    }

    private static final class Maps extends OnBackend<Long> implements MapStore {
        private final MapState<Long, Double> state;

        Maps(StateBackend choice, Path directory) throws IOException {
            super(choice, Serializers.LONG, directory);
            state =
                    HoldfastBackend.state(
                            backend.keyed()
                                    .map(
                                            new MapStateDescriptor<>(
                                                    "maps", Serializers.LONG, Serializers.DOUBLE),
                                            VOID));
        }

        @Override
        public double get(long key, long mapKey) {
            select(key);
            return state.get(mapKey);
        }

        @Override
        public void put(long key, long mapKey, double value) {
            select(key);
            state.put(mapKey, value);
        }

        @Override
        public boolean contains(long key, long mapKey) {
            select(key);
            return state.contains(mapKey);
        }

        @Override
        public void remove(long key, long mapKey) {
            select(key);
            state.remove(mapKey);
        }

        @Override
        public double sum(long key) {
            select(key);
            double sum = 0;
            for (Map.Entry<Long, Double> entry : state.entries()) {
                sum += entry.getValue();
            }
            return sum;
        }
    }

    private static final class Lists extends OnBackend<Long> implements ListStore {
        private final ListState<Long> state;

        Lists(StateBackend choice, Path directory) throws IOException {
            super(choice, Serializers.LONG, directory);
            state =
                    HoldfastBackend.state(
                            backend.keyed()
                                    .list(
                                            new ListStateDescriptor<>("lists", Serializers.LONG),
                                            VOID));
        }

        @Override
        public void add(long key, long element) {
            select(key);
            state.add(element);
        }

        @Override
        public void addAll(long key, List<Long> elements) {
            select(key);
            state.addAll(elements);
        }

        @Override
        public long sum(long key) {
            select(key);
            long sum = 0;
            for (Long element : state.get()) {
                sum += element;
            }
            return sum;
        }

        @Override
        public void update(long key, List<Long> elements) {
            select(key);
            state.update(elements);
        }
    }

    /** Numbers added to a state that keeps something derived. */
    private abstract static class Folds extends OnBackend<Long> implements FoldStore {
        private AppendingState<Long, Long> state;

        Folds(StateBackend choice, Path directory) throws IOException {
            super(choice, Serializers.LONG, directory);
        }

        final void use(AppendingState<Long, Long> opened) {
            state = opened;
        }

        @Override
        public final void add(long key, long value) {
            select(key);
            state.add(value);
        }

        @Override
        public final long get(long key) {
            select(key);
            Long result = state.get();
            return result == null ? 0 : result;
        }
    }

    private static final class Sums extends Folds implements FoldStore.Reducing {
        Sums(StateBackend choice, Path directory) throws IOException {
            super(choice, directory);
            use(
                    HoldfastBackend.state(
                            backend.keyed()
                                    .reducing(
                                            new ReducingStateDescriptor<>(
                                                    "sums", Long::sum, Serializers.LONG),
                                            VOID)));
        }
    }

    private static final class Accumulators extends Folds implements FoldStore.Aggregating {
        Accumulators(StateBackend choice, Path directory) throws IOException {
            super(choice, directory);
            use(
                    HoldfastBackend.state(
                            backend.keyed()
                                    .aggregating(
                                            new AggregatingStateDescriptor<>(
                                                    "accumulators",
                                                    new SumAndCount(),
                                                    new LongPair()),
                                            VOID)));
        }
    }

    /** Changes its accumulator in place. */
    private static final class SumAndCount implements AggregateFunction<Long, long[], Long> {
        @Override
        public long[] createAccumulator() {
            return new long[2];
        }

        @Override
        public long[] add(Long value, long[] accumulator) {
            accumulator[0] += value;
            accumulator[1]++;
            return accumulator;
        }

        @Override
        public Long getResult(long[] accumulator) {
            return accumulator[0] + accumulator[1];
        }

        @Override
        public long[] merge(long[] first, long[] second) {
            first[0] += second[0];
            first[1] += second[1];
            return first;
        }
    }

    private static final class Timers extends OnBackend<Long> implements TimerStore {
        private final TimerQueue<Long, VoidNamespace> queue;
        private long firedKey;

        Timers(StateBackend choice, Path directory) throws IOException {
            super(choice, Serializers.LONG, directory);
            queue = backend.keyed().timers("timers", VOID);
        }

        @Override
        public void register(long key, long time) {
            select(key);
            queue.add(time, VoidNamespace.INSTANCE);
        }

        @Override
        public long fire() {
            TimerQueue.Timer<Long, VoidNamespace> timer = queue.poll();
            firedKey = timer.key();
            return timer.time();
        }

        @Override
        public long firedKey() {
            return firedKey;
        }
    }

    private static final class Words extends OnBackend<String> implements WordStore {
        private final ValueState<Long> state;

        Words(StateBackend choice, Path directory) throws IOException {
            super(choice, Serializers.STRING, directory);
            state =
                    HoldfastBackend.state(
                            backend.keyed()
                                    .value(
                                            new ValueStateDescriptor<>("counts", Serializers.LONG),
                                            VOID));
        }

        @Override
        public long count(String word) {
            select(word);
            Long before = state.value();
            long count = before == null ? 1 : before + 1;
            state.update(count);
            return count;
        }

        @Override
        public long counted(String word) {
            select(word);
            Long count = state.value();
            return count == null ? 0 : count;
        }
    }

    private static final class Objects extends OnBackend<String> implements ObjectStore {
        private final ValueState<Account> state;

        Objects(StateBackend choice, Path directory) throws IOException {
            super(choice, Serializers.STRING, directory);
            state =
                    HoldfastBackend.state(
                            backend.keyed()
                                    .value(
                                            new ValueStateDescriptor<>("accounts", Account.class),
                                            VOID));
        }

        @Override
        public long pay(String name, long amount) {
            select(name);
            Account before = state.value();
            Account after = (before == null ? Account.of(name) : before).paid(amount);
            state.update(after);
            return after.balance();
        }

        @Override
        public Account get(String name) {
            select(name);
            return state.value();
        }
    }
}
