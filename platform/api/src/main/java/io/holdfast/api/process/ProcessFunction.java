package io.holdfast.api.process;

import io.holdfast.api.function.Collector;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Processes the records of a stream that has no keys.
 *
 * @param <I> type of the input
 * @param <O> type of the output
 */
public abstract class ProcessFunction<I, O> extends RichFunction {

    /** For subclasses. */
    protected ProcessFunction() {}

    /**
     * Processes a record.
     *
     * @param value the record
     * @param context about the record; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public abstract void processElement(I value, Context context, Collector<O> out)
            throws Exception;

    /** About the record at hand. */
    @ProviderType
    public interface Context {

        /**
         * Event time of the record.
         *
         * @return the time, {@link Long#MIN_VALUE} if it has none
         */
        long timestamp();

        /**
         * The watermark of the operator.
         *
         * @return the watermark, {@link Long#MIN_VALUE} before the first
         */
        long currentWatermark();

        /**
         * Emits a record to a side output, with the time of the record at hand.
         *
         * @param tag names the output
         * @param value the record
         * @param <X> type of the record
         */
        <X> void output(OutputTag<X> tag, X value);
    }
}
