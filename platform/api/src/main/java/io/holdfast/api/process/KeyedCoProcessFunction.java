package io.holdfast.api.process;

import io.holdfast.api.function.Collector;

/**
 * Processes the records of two keyed streams that share keys, state and timers.
 *
 * @param <K> type of the key
 * @param <I> type of the first input
 * @param <J> type of the second input
 * @param <O> type of the output
 */
public abstract class KeyedCoProcessFunction<K, I, J, O> extends RichFunction {

    /** For subclasses. */
    protected KeyedCoProcessFunction() {}

    /**
     * Processes a record of the first stream; its key is current.
     *
     * @param value the record
     * @param context about the record; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public abstract void processElement1(
            I value, KeyedProcessFunction.Context<K> context, Collector<O> out) throws Exception;

    /**
     * Processes a record of the second stream; its key is current.
     *
     * @param value the record
     * @param context about the record; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public abstract void processElement2(
            J value, KeyedProcessFunction.Context<K> context, Collector<O> out) throws Exception;

    /**
     * Called when a timer fires; its key is current. Does nothing by default.
     *
     * @param time the timer's time, which is also that of emitted records
     * @param context about the timer; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public void onTimer(long time, KeyedProcessFunction.OnTimerContext<K> context, Collector<O> out)
            throws Exception {}
}
