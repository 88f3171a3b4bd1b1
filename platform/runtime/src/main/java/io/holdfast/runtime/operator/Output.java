package io.holdfast.runtime.operator;

import io.holdfast.api.process.OutputTag;

/**
 * What an operator emits to: the operators behind it in the chain, and channels.
 *
 * @param <T> type of the records
 */
public interface Output<T> {

    /**
     * Emits a record. May wait while consumers are slower.
     *
     * @param value the record
     * @param timestamp its event time, {@link Long#MIN_VALUE} if it has none
     */
    void emit(T value, long timestamp);

    /**
     * Emits a record to a side output; dropped if nobody asked for that output.
     *
     * @param tag names the output
     * @param value the record
     * @param timestamp its event time
     * @param <X> type of the record
     */
    <X> void emit(OutputTag<X> tag, X value, long timestamp);

    /**
     * Emits a watermark.
     *
     * @param time event time in milliseconds, higher than all before
     */
    void watermark(long time);
}
