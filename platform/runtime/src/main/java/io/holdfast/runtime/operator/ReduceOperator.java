package io.holdfast.runtime.operator;

import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;

/**
 * Combines the records of each key, and emits the combination so far for each record.
 *
 * @param <K> type of the key
 * @param <T> type of the records
 */
public final class ReduceOperator<K, T> extends KeyedOperator<K, T> {
    private final ReduceFunction<T> function;
    private final Serializer<T> serializer;
    private ValueState<T> reduced;

    /**
     * For one function.
     *
     * @param function shared by all subtasks
     * @param serializer serializer of the records
     */
    public ReduceOperator(ReduceFunction<T> function, Serializer<T> serializer) {
        this.function = function;
        this.serializer = serializer;
    }

    @Override
    public void open() {
        reduced = context().getState(new ValueStateDescriptor<>("_op_state", serializer));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        T before = reduced.value();
        // The function may change and return what it is given, which others may hold.
        T result = before == null ? (T) value : function.reduce(serializer.copy(before), (T) value);
        reduced.update(result);
        output().emit(result, timestamp);
    }
}
