package io.holdfast.runtime.operator;

import io.holdfast.api.function.Collector;

/**
 * Gives all records one time, which changes from call to call.
 *
 * @param <T> type of the records
 */
public final class TimedCollector<T> implements Collector<T> {
    private final Output<T> output;
    private long timestamp = Long.MIN_VALUE;

    /**
     * Collects into an output.
     *
     * @param output where records go
     */
    public TimedCollector(Output<T> output) {
        this.output = output;
    }

    /**
     * Chooses the time of records from now on.
     *
     * @param time event time, {@link Long#MIN_VALUE} for none
     */
    public void at(long time) {
        timestamp = time;
    }

    /**
     * The time chosen last.
     *
     * @return event time
     */
    public long timestamp() {
        return timestamp;
    }

    @Override
    public void collect(T record) {
        output.emit(record, timestamp);
    }
}
