package io.holdfast.runtime.operator;

import io.holdfast.api.function.FilterFunction;

/**
 * Keeps or drops records.
 *
 * @param <T> type of the records
 */
public final class FilterOperator<T> extends Operator<T> {
    private final FilterFunction<T> function;

    /**
     * For one function.
     *
     * @param function shared by all subtasks
     */
    public FilterOperator(FilterFunction<T> function) {
        this.function = function;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        if (function.filter((T) value)) {
            output().emit((T) value, timestamp);
        }
    }
}
