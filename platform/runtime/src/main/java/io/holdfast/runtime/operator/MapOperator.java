package io.holdfast.runtime.operator;

import io.holdfast.api.function.MapFunction;

/**
 * Turns each record into one other.
 *
 * @param <I> type of the input
 * @param <O> type of the output
 */
public final class MapOperator<I, O> extends Operator<O> {
    private final MapFunction<I, O> function;

    /**
     * For one function.
     *
     * @param function shared by all subtasks
     */
    public MapOperator(MapFunction<I, O> function) {
        this.function = function;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        output().emit(function.map((I) value), timestamp);
    }
}
