package io.holdfast.itests.faults;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.CheckpointedFunction;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.RawKeyedStateInput;
import io.holdfast.api.process.RawKeyedStateOutput;
import io.holdfast.api.process.RuntimeContext;
import io.holdfast.api.process.TimeDomain;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Keeps numbers in every kind of keyed state and in timers of both clocks. What it emits depends on
 * the numbers of each key and their order alone: not on when watermarks come, nor on what the clock
 * says. Counts the numbers of each key in raw keyed state as well, and compares.
 */
final class EveryKind extends KeyedProcessFunction<Integer, Long, String>
        implements CheckpointedFunction {
    private static final int LONGEST_LIST = 50;
    private static final int MAP_KEYS = 11;
    private static final long TOLD = 10;
    private static final long TIMER_EVERY = 1_000;

    /** So many numbers of one key cannot come in the millisecond that their alarm waits. */
    private static final int MOST_WAITING = 1_000;

    private static final long END_OF_TIME = 1L << 50;

    /**
     * What the clock has passed on.
     *
     * @param numbers how many
     * @param sum of them
     */
    record Passed(long numbers, long sum) {}

    private final Map<Integer, Long> counts = new TreeMap<>();
    private ValueState<Long> count;
    private ListState<Long> list;
    private MapState<Integer, Long> map;
    private ReducingState<Long> sum;
    private AggregatingState<Long, String> digits;
    private ListState<Long> waiting;
    private ValueState<Integer> waitingCount;
    private ValueState<Passed> passed;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        for (RawKeyedStateInput group : context.rawKeyedStateInputs()) {
            DataInputStream in = new DataInputStream(group);
            for (int i = in.readInt(); i > 0; i--) {
                counts.put(in.readInt(), in.readLong());
            }
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        RawKeyedStateOutput raw = context.rawKeyedStateOutput();
        DataOutputStream out = new DataOutputStream(raw);
        var groups = counts.keySet().stream().collect(Collectors.groupingBy(raw::keyGroupOf));
        for (var group : groups.entrySet()) {
            raw.startKeyGroup(group.getKey());
            out.writeInt(group.getValue().size());
            for (int key : group.getValue()) {
                out.writeInt(key);
                out.writeLong(counts.get(key));
            }
        }
    }

    @Override
    public void open() {
        RuntimeContext context = getRuntimeContext();
        count = context.getState(new ValueStateDescriptor<>("count", Long.class));
        list = context.getListState(new ListStateDescriptor<>("list", Long.class));
        map = context.getMapState(new MapStateDescriptor<>("map", Integer.class, Long.class));
        sum = context.getReducingState(new ReducingStateDescriptor<>("sum", Long::sum, Long.class));
        digits =
                context.getAggregatingState(
                        new AggregatingStateDescriptor<>(
                                "digits", new LastDigits(), Serializers.STRING));
        waiting = context.getListState(new ListStateDescriptor<>("waiting", Long.class));
        waitingCount = context.getState(new ValueStateDescriptor<>("waiting-count", Integer.class));
        passed = context.getState(new ValueStateDescriptor<>("passed", Passed.class));
    }

    @Override
    public void processElement(Long number, Context<Integer> context, Collector<String> out)
            throws Exception {
        long seen = count.value() == null ? 1 : count.value() + 1;
        count.update(seen);
        long raw = counts.merge(context.currentKey(), 1L, Long::sum);
        if (raw != seen) {
            throw new IllegalStateException(
                    "key %d: %d numbers in raw keyed state, %d in keyed state"
                            .formatted(context.currentKey(), raw, seen));
        }
        list.add(number);
        map.put((int) (seen % MAP_KEYS), number);
        sum.add(number);
        digits.add(number);
        context.timerService().registerEventTimeTimer(number - number % TIMER_EVERY + TIMER_EVERY);
        context.timerService().registerEventTimeTimer(END_OF_TIME);
        letWait(number, context);
        if (seen % TOLD == 0) {
            out.collect(context.currentKey() + ": " + seen + content());
        }
    }

    /** The first one that waits sets an alarm for all that come until then. */
    private void letWait(long number, Context<Integer> context) {
        int before = waitingCount.value() == null ? 0 : waitingCount.value();
        if (before == 0) {
            context.timerService()
                    .registerProcessingTimeTimer(
                            context.timerService().currentProcessingTime() + 1);
        }
        if (before == MOST_WAITING) {
            throw new IllegalStateException(
                    "no alarm for " + before + " numbers of key " + context.currentKey());
        }
        waiting.add(number);
        waitingCount.update(before + 1);
    }

    private String content() throws Exception {
        List<Long> numbers = new ArrayList<>();
        list.get().forEach(numbers::add);
        long entries = 0;
        for (var entry : map.entries()) {
            entries += entry.getKey() * 31L + entry.getValue();
        }
        if (numbers.size() >= LONGEST_LIST) {
            list.update(numbers.subList(numbers.size() - 5, numbers.size()));
        }
        return " %d %d %d %s".formatted(numbers.hashCode(), entries, sum.get(), digits.get());
    }

    @Override
    public void onTimer(long time, OnTimerContext<Integer> context, Collector<String> out) {
        if (context.timeDomain() == TimeDomain.EVENT_TIME && time < END_OF_TIME) {
            out.collect(context.currentKey() + ": event timer of " + time);
            return;
        }
        Passed all = passed.value() == null ? new Passed(0, 0) : passed.value();
        for (long number : waiting.get()) {
            all = new Passed(all.numbers + 1, all.sum + number);
        }
        waiting.clear();
        waitingCount.clear();
        passed.update(all);
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            out.collect(context.currentKey() + ": in the end " + all + " " + count.value());
        }
    }

    /** The last digits of the last numbers. */
    private static final class LastDigits implements AggregateFunction<Long, String, String> {
        private static final int MOST = 12;

        @Override
        public String createAccumulator() {
            return "";
        }

        @Override
        public String add(Long number, String digits) {
            return merge(digits, String.valueOf(number % 10));
        }

        @Override
        public String getResult(String digits) {
            return digits;
        }

        @Override
        public String merge(String first, String second) {
            String both = first + second;
            return both.substring(Math.max(0, both.length() - MOST));
        }
    }
}
