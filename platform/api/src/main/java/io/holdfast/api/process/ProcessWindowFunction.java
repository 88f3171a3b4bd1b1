package io.holdfast.api.process;

import io.holdfast.api.function.Collector;
import io.holdfast.api.window.Window;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes results of the content of a window when it fires.
 *
 * @param <I> type of the content: records, or the one result of a reduce or aggregate function
 * @param <O> type of the output
 * @param <K> type of the key
 * @param <W> type of the window
 */
public abstract class ProcessWindowFunction<I, O, K, W extends Window> extends RichFunction {

    /** For subclasses. */
    protected ProcessWindowFunction() {}

    /**
     * Called when a window fires, once more for each late record within the allowed lateness.
     *
     * @param key the key
     * @param context about the window; valid during the call
     * @param elements the content
     * @param out takes results; their time is the window's last millisecond
     * @throws Exception any failure: the job fails and restarts by its strategy
     */
    public abstract void process(K key, Context<W> context, Iterable<I> elements, Collector<O> out)
            throws Exception;

    /**
     * About the window at hand.
     *
     * @param <W> type of the window
     */
    @ProviderType
    public interface Context<W extends Window> {

        /**
         * The window.
         *
         * @return the window
         */
        W window();

        /**
         * The watermark of the operator.
         *
         * @return the watermark
         */
        long currentWatermark();

        /**
         * Emits a record to a side output, with the time of the window's last millisecond.
         *
         * @param tag names the output
         * @param value the record
         * @param <X> type of the record
         */
        <X> void output(OutputTag<X> tag, X value);
    }
}
