package io.holdfast.runtime.operator;

import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessFunction;

/**
 * Runs a {@link ProcessFunction}.
 *
 * @param <I> type of the input
 * @param <O> type of the output
 */
public final class ProcessOperator<I, O> extends Operator<O> implements ProcessFunction.Context {
    private final ProcessFunction<I, O> function;
    private final FunctionLifecycle lifecycle;
    private TimedCollector<O> collector;

    /**
     * For one function.
     *
     * @param function the function of this subtask
     */
    public ProcessOperator(ProcessFunction<I, O> function) {
        this.function = function;
        this.lifecycle = new FunctionLifecycle(function);
    }

    @Override
    public void initialize() throws Exception {
        lifecycle.initialize(context());
    }

    @Override
    public void open() throws Exception {
        collector = new TimedCollector<>(output());
        lifecycle.open();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        collector.at(timestamp);
        function.processElement((I) value, this, collector);
    }

    @Override
    public void snapshot(FunctionSnapshotContext checkpoint) throws Exception {
        lifecycle.snapshot(checkpoint);
    }

    @Override
    public void close() throws Exception {
        lifecycle.close();
    }

    @Override
    public long timestamp() {
        return collector.timestamp();
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        output().emit(tag, value, collector.timestamp());
    }

    @Override
    public long currentWatermark() {
        return watermarkSeen();
    }
}
