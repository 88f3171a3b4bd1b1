package io.holdfast.itests.faults;

import io.holdfast.api.function.Collector;
import io.holdfast.api.process.CheckpointedFunction;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import java.util.Map;
import java.util.TreeMap;

/** Passes numbers on and counts those of each split, in operator state. */
final class Counting extends ProcessFunction<Long, Long> implements CheckpointedFunction {
    private static final long TOLD = 500;

    /**
     * Numbers of one split.
     *
     * @param split its number
     * @param numbers how many were seen
     */
    record Count(int split, long numbers) {}

    private final int splits;
    private final OutputTag<String> lines;
    private final Map<Integer, Long> counts = new TreeMap<>();
    private ListState<Count> state;

    Counting(int splits, OutputTag<String> lines) {
        this.splits = splits;
        this.lines = lines;
    }

    /** All subtasks get the counts of all; the higher one is of who had the split last. */
    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        state =
                context.operatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "counts", Serializers.forClass(Count.class)));
        for (Count count : state.get()) {
            counts.merge(count.split, count.numbers, Math::max);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.clear();
        for (var count : counts.entrySet()) {
            state.add(new Count(count.getKey(), count.getValue()));
        }
    }

    @Override
    public void processElement(Long number, Context context, Collector<Long> out) {
        int split = (int) (number % splits);
        long count = counts.merge(split, 1L, Long::sum);
        if (count % TOLD == 0) {
            context.output(lines, "split %d: %d numbers up to %d".formatted(split, count, number));
        }
        out.collect(number);
    }
}
