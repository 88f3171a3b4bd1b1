package io.holdfast.runtime.operator;

import io.holdfast.api.process.KeyedProcessFunction;

/**
 * Runs a {@link KeyedProcessFunction}.
 *
 * @param <K> type of the key
 * @param <I> type of the input
 * @param <O> type of the output
 */
public final class KeyedProcessOperator<K, I, O> extends KeyedFunctionOperator<K, O> {
    private final KeyedProcessFunction<K, I, O> function;

    /**
     * For one function.
     *
     * @param function the function of this subtask
     */
    public KeyedProcessOperator(KeyedProcessFunction<K, I, O> function) {
        super(function);
        this.function = function;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        function.processElement((I) value, this, collectorAt(timestamp));
    }

    @Override
    void onTimer(long time, TimedCollector<O> out) throws Exception {
        function.onTimer(time, this, out);
    }
}
