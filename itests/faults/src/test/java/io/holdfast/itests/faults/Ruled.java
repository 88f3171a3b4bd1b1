package io.holdfast.itests.faults;

import io.holdfast.api.function.Collector;
import io.holdfast.api.process.BroadcastProcessFunction;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.state.MapStateDescriptor;

/**
 * Passes numbers on, in the light of rules that every subtask sees and adds up in broadcast state.
 * A sum that is not that of the first so many rules is a failure.
 */
final class Ruled extends BroadcastProcessFunction<Long, Long, Long> {
    static final MapStateDescriptor<String, Long> RULES =
            new MapStateDescriptor<>("rules", String.class, Long.class);
    private static final String COUNT = "count";
    private static final String SUM = "sum";
    private static final long TOLD = 50;

    private final OutputTag<String> lines;

    Ruled(OutputTag<String> lines) {
        this.lines = lines;
    }

    @Override
    public void processElement(Long number, ReadOnlyContext context, Collector<Long> out) {
        var rules = context.broadcastState(RULES);
        Long count = rules.get(COUNT);
        if (count != null && rules.get(SUM) != sumOfTheFirst(count)) {
            throw new IllegalStateException(count + " rules have sum " + rules.get(SUM));
        }
        out.collect(number);
    }

    private static long sumOfTheFirst(long rules) {
        return rules * (rules - 1) / 2;
    }

    @Override
    public void processBroadcastElement(Long rule, Context context, Collector<Long> out) {
        var rules = context.broadcastState(RULES);
        long count = rules.get(COUNT) == null ? 1 : rules.get(COUNT) + 1;
        long sum = rules.get(SUM) == null ? rule : rules.get(SUM) + rule;
        rules.put(COUNT, count);
        rules.put(SUM, sum);
        if (count % TOLD == 0) {
            context.output(
                    lines,
                    "subtask %d: %d rules, sum %d"
                            .formatted(getRuntimeContext().subtask(), count, sum));
        }
    }
}
