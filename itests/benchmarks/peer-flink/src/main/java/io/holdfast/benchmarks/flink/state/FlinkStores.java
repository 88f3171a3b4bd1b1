package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.FoldStore;
import io.holdfast.benchmarks.state.ListStore;
import io.holdfast.benchmarks.state.MapStore;
import io.holdfast.benchmarks.state.ObjectStore;
import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import io.holdfast.benchmarks.state.TimerStore;
import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.WordStore;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.AppendingState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.DoubleSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.runtime.state.KeyGroupedInternalPriorityQueue;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.api.operators.TimerSerializer;

/** One state of one keyed backend each, as a keyed function of Flink uses it. */
final class FlinkStores {

    private static final TypeSerializer<Long> LONG = LongSerializer.INSTANCE;
    private static final TypeSerializer<String> STRING = StringSerializer.INSTANCE;

    private FlinkStores() {}

    /** A choice of backend. */
    @FunctionalInterface
    interface Choice {
        /** The backend, with its files in a directory. */
        StateBackend in(Path directory) throws Exception;
    }

    /** All stores, on a backend of their own each. */
    static Map<Class<? extends Store>, StatePeer.Opening> on(Choice choice) {
        return Map.of(
                ValueStore.class, directory -> new Values(choice.in(directory)),
                ValueStore.Mortal.class, directory -> new MortalValues(choice.in(directory)),
                MapStore.class, directory -> new Maps(choice.in(directory)),
                ListStore.class, directory -> new Lists(choice.in(directory)),
                FoldStore.Reducing.class, directory -> new Sums(choice.in(directory)),
                FoldStore.Aggregating.class, directory -> new Accumulators(choice.in(directory)),
                TimerStore.class, directory -> new Timers(choice.in(directory)),
                WordStore.class, directory -> new Words(choice.in(directory)),
                ObjectStore.class, directory -> new Objects(choice.in(directory)));
    }

    /** A store on a backend that is closed with it. */
    private abstract static class OnBackend<K> implements Store {
        final FlinkBackend<K> backend;

        OnBackend(StateBackend choice, TypeSerializer<K> keys) throws Exception {
            backend = FlinkBackend.open(choice, keys);
        }

        final void select(K key) {
            backend.keyed().setCurrentKey(key);
        }

        @Override
        public final void close() throws Exception {
            backend.close();
        }
    }

    private static class Values extends OnBackend<Long> implements ValueStore {
        private final ValueState<Long> state;

        Values(StateBackend choice) throws Exception {
            this(choice, new ValueStateDescriptor<>("values", LONG));
        }

        Values(StateBackend choice, ValueStateDescriptor<Long> descriptor) throws Exception {
            super(choice, LONG);
            state = backend.state(descriptor);
        }

        @Override
        public long get(long key) throws Exception {
            select(key);
            Long value = state.value();
            return value == null ? 0 : value;
        }

        @Override
        public void update(long key, long value) throws Exception {
            select(key);
            state.update(value);
        }

        @Override
        public long add(long key, long delta) throws Exception {
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

    /** Cleaned up as Flink does by default: five entries for each access on the heap. */
    private static final class MortalValues extends Values implements ValueStore.Mortal {
        MortalValues(StateBackend choice) throws Exception {
            super(choice, mortal());
        }

        private static ValueStateDescriptor<Long> mortal() {
            ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("values", LONG);
            descriptor.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofHours(1)).build());
            return descriptor;
        }
    }

    private static final class Maps extends OnBackend<Long> implements MapStore {
        private final MapState<Long, Double> state;

        Maps(StateBackend choice) throws Exception {
            super(choice, LONG);
            state =
                    backend.state(
                            new MapStateDescriptor<>("maps", LONG, DoubleSerializer.INSTANCE));
        }

        @Override
        public double get(long key, long mapKey) throws Exception {
            select(key);
            return state.get(mapKey);
        }

        @Override
        public void put(long key, long mapKey, double value) throws Exception {
            select(key);
            state.put(mapKey, value);
        }

        @Override
        public boolean contains(long key, long mapKey) throws Exception {
            select(key);
            return state.contains(mapKey);
        }

        @Override
        public void remove(long key, long mapKey) throws Exception {
            select(key);
            state.remove(mapKey);
        }

        @Override
        public double sum(long key) throws Exception {
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

        Lists(StateBackend choice) throws Exception {
            super(choice, LONG);
            state = backend.state(new ListStateDescriptor<>("lists", LONG));
        }

        @Override
        public void add(long key, long element) throws Exception {
            select(key);
            state.add(element);
        }

        @Override
        public void addAll(long key, List<Long> elements) throws Exception {
            select(key);
            state.addAll(elements);
        }

        @Override
        public long sum(long key) throws Exception {
            select(key);
            long sum = 0;
            for (Long element : state.get()) {
                sum += element;
            }
            return sum;
        }

        @Override
        public void update(long key, List<Long> elements) throws Exception {
            select(key);
            state.update(elements);
        }
    }

    /** Numbers added to a state that keeps something derived. */
    private abstract static class Folds extends OnBackend<Long> implements FoldStore {
        private AppendingState<Long, Long> state;

        Folds(StateBackend choice) throws Exception {
            super(choice, LONG);
        }

        final void use(AppendingState<Long, Long> opened) {
            state = opened;
        }

        @Override
        public final void add(long key, long value) throws Exception {
            select(key);
            state.add(value);
        }

        @Override
        public final long get(long key) throws Exception {
            select(key);
            Long result = state.get();
            return result == null ? 0 : result;
        }
    }

    private static final class Sums extends Folds implements FoldStore.Reducing {
        Sums(StateBackend choice) throws Exception {
            super(choice);
            use(backend.state(new ReducingStateDescriptor<>("sums", Long::sum, LONG)));
        }
    }

    private static final class Accumulators extends Folds implements FoldStore.Aggregating {
        Accumulators(StateBackend choice) throws Exception {
            super(choice);
            use(
                    backend.state(
                            new AggregatingStateDescriptor<>(
                                    "accumulators",
                                    new SumAndCount(),
                                    LongPrimitiveArraySerializer.INSTANCE)));
        }
    }

    /** Changes its accumulator in place. */
    private static final class SumAndCount implements AggregateFunction<Long, long[], Long> {
        @Serial private static final long serialVersionUID = 1L;

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
        private final KeyGroupedInternalPriorityQueue<TimerHeapInternalTimer<Long, VoidNamespace>>
                queue;
        private TimerHeapInternalTimer<Long, VoidNamespace> fired;

        Timers(StateBackend choice) throws Exception {
            super(choice, LONG);
            queue =
                    backend.keyed()
                            .create(
                                    "timers",
                                    new TimerSerializer<>(LONG, VoidNamespaceSerializer.INSTANCE));
        }

        /** Like the timer service: a timer of the current key. */
        @Override
        public void register(long key, long time) {
            select(key);
            queue.add(
                    new TimerHeapInternalTimer<>(
                            time, backend.keyed().getCurrentKey(), VoidNamespace.INSTANCE));
        }

        @Override
        public long fire() {
            fired = queue.poll();
            return fired.getTimestamp();
        }

        @Override
        public long firedKey() {
            return fired.getKey();
        }
    }

    private static final class Words extends OnBackend<String> implements WordStore {
        private final ValueState<Long> state;

        Words(StateBackend choice) throws Exception {
            super(choice, STRING);
            state = backend.state(new ValueStateDescriptor<>("counts", LONG));
        }

        @Override
        public long count(String word) throws Exception {
            select(word);
            Long before = state.value();
            long count = before == null ? 1 : before + 1;
            state.update(count);
            return count;
        }

        @Override
        public long counted(String word) throws Exception {
            select(word);
            Long count = state.value();
            return count == null ? 0 : count;
        }
    }

    private static final class Objects extends OnBackend<String> implements ObjectStore {
        private final ValueState<Account> state;

        Objects(StateBackend choice) throws Exception {
            super(choice, STRING);
            state =
                    backend.state(
                            new ValueStateDescriptor<>(
                                    "accounts",
                                    TypeInformation.of(Account.class)
                                            .createSerializer(new SerializerConfigImpl())));
        }

        @Override
        public long pay(String name, long amount) throws Exception {
            select(name);
            Account before = state.value();
            Account after = (before == null ? Account.of(name) : before).paid(amount);
            state.update(after);
            return after.balance();
        }

        @Override
        public Account get(String name) throws Exception {
            select(name);
            return state.value();
        }
    }
}
