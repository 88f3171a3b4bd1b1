package io.holdfast.runtime.operator;

import io.holdfast.api.process.KeyedCoProcessFunction;

/**
 * Runs a {@link KeyedCoProcessFunction}.
 *
 * @param <K> type of the key
 * @param <I> type of the first input
 * @param <J> type of the second input
 * @param <O> type of the output
 */
public final class KeyedCoProcessOperator<K, I, J, O> extends KeyedFunctionOperator<K, O> {
    private final KeyedCoProcessFunction<K, I, J, O> function;

    /**
     * For one function.
     *
     * @param function the function of this subtask
     */
    public KeyedCoProcessOperator(KeyedCoProcessFunction<K, I, J, O> function) {
        super(function);
        this.function = function;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        TimedCollector<O> out = collectorAt(timestamp);
        if (input == 0) {
            function.processElement1((I) value, this, out);
        } else {
            function.processElement2((J) value, this, out);
        }
    }

    @Override
    void onTimer(long time, TimedCollector<O> out) throws Exception {
        function.onTimer(time, this, out);
    }
}
