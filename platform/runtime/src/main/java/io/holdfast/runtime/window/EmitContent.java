package io.holdfast.runtime.window;

import io.holdfast.api.function.Collector;
import io.holdfast.api.process.ProcessWindowFunction;
import io.holdfast.api.window.Window;

/**
 * Emits what a window holds.
 *
 * @param <R> type of the content
 * @param <K> type of the key
 * @param <W> type of the windows
 */
public final class EmitContent<R, K, W extends Window> extends ProcessWindowFunction<R, R, K, W> {

    /** One for a subtask. */
    public EmitContent() {}

    @Override
    public void process(K key, Context<W> context, Iterable<R> elements, Collector<R> out) {
        elements.forEach(out::collect);
    }
}
