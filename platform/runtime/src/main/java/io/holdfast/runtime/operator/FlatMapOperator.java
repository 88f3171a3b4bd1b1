package io.holdfast.runtime.operator;

import io.holdfast.api.function.FlatMapFunction;

/**
 * Turns each record into any number of others.
 *
 * @param <I> type of the input
 * @param <O> type of the output
 */
public final class FlatMapOperator<I, O> extends Operator<O> {
    private final FlatMapFunction<I, O> function;
    private TimedCollector<O> collector;

    /**
     * For one function.
     *
     * @param function shared by all subtasks
     */
    public FlatMapOperator(FlatMapFunction<I, O> function) {
        this.function = function;
    }

    @Override
    public void open() {
        collector = new TimedCollector<>(output());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        collector.at(timestamp);
        function.flatMap((I) value, collector);
    }
}
