package io.holdfast.api.process;

import io.holdfast.api.function.Collector;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Processes the records of a keyed stream, with keyed state and timers.
 *
 * @param <K> type of the key
 * @param <I> type of the input
 * @param <O> type of the output
 */
public abstract class KeyedProcessFunction<K, I, O> extends RichFunction {

    /** For subclasses. */
    protected KeyedProcessFunction() {}

    /**
     * Processes a record; its key is current.
     *
     * @param value the record
     * @param context about the record; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public abstract void processElement(I value, Context<K> context, Collector<O> out)
            throws Exception;

    /**
     * Called when a timer fires; its key is current. Does nothing by default.
     *
     * @param time the timer's time, which is also that of emitted records
     * @param context about the timer; valid during the call
     * @param out takes results
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public void onTimer(long time, OnTimerContext<K> context, Collector<O> out) throws Exception {}

    /**
     * About the record at hand.
     *
     * @param <K> type of the key
     */
    @ProviderType
    public interface Context<K> extends ProcessFunction.Context {

        /**
         * The key of the record or timer.
         *
         * @return the key
         */
        K currentKey();

        /**
         * Time and timers.
         *
         * @return the service, the same at every call
         */
        TimerService timerService();
    }

    /**
     * About the timer at hand.
     *
     * @param <K> type of the key
     */
    @ProviderType
    public interface OnTimerContext<K> extends Context<K> {

        /**
         * Which clock the timer follows.
         *
         * @return the domain
         */
        TimeDomain timeDomain();
    }
}
