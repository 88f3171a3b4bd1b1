package io.holdfast.runtime.operator;

import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.RichFunction;
import io.holdfast.api.process.TimeDomain;
import io.holdfast.api.process.TimerService;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;

/** What functions of keyed streams with timers have in common, with one input or two. */
abstract sealed class KeyedFunctionOperator<K, O> extends KeyedOperator<K, O>
        implements KeyedProcessFunction.OnTimerContext<K>
        permits KeyedProcessOperator, KeyedCoProcessOperator {
    private final FunctionLifecycle lifecycle;
    private Timers<K, VoidNamespace> timers;
    private TimerService timerService;
    private TimedCollector<O> collector;
    private TimeDomain timeDomain;

    KeyedFunctionOperator(RichFunction function) {
        lifecycle = new FunctionLifecycle(function);
    }

    abstract void onTimer(long time, TimedCollector<O> out) throws Exception;

    final TimedCollector<O> collectorAt(long timestamp) {
        collector.at(timestamp);
        return collector;
    }

    @Override
    public final void initialize() throws Exception {
        super.initialize();
        collector = new TimedCollector<>(output());
        timers =
                new Timers<>(
                        "user-timers",
                        VoidNamespace.SERIALIZER,
                        context(),
                        backend(),
                        timer -> fire(timer, TimeDomain.EVENT_TIME),
                        timer -> fire(timer, TimeDomain.PROCESSING_TIME));
        timerService = new KeyTimers<>(timers, context(), this::watermarkSeen);
        lifecycle.initialize(context());
    }

    private void fire(TimerQueue.Timer<K, VoidNamespace> timer, TimeDomain domain)
            throws Exception {
        timeDomain = domain;
        collector.at(timer.time());
        onTimer(timer.time(), collector);
    }

    @Override
    public final void open() throws Exception {
        lifecycle.open();
    }

    @Override
    protected final void onWatermark(long time) throws Exception {
        timers.advanceWatermark(time);
        output().watermark(time);
    }

    @Override
    public final void advanceProcessingTime(long now) throws Exception {
        timers.advanceProcessingTime(now);
    }

    @Override
    public final long nextProcessingTime() {
        return timers.nextProcessingTime();
    }

    @Override
    public final void snapshot(FunctionSnapshotContext checkpoint) throws Exception {
        lifecycle.snapshot(checkpoint);
    }

    @Override
    public final void close() throws Exception {
        lifecycle.close();
    }

    @Override
    public final K currentKey() {
        return backend().currentKey();
    }

    @Override
    public final TimerService timerService() {
        return timerService;
    }

    @Override
    public final TimeDomain timeDomain() {
        return timeDomain;
    }

    @Override
    public final long timestamp() {
        return collector.timestamp();
    }

    @Override
    public final long currentWatermark() {
        return watermarkSeen();
    }

    @Override
    public final <X> void output(OutputTag<X> tag, X value) {
        output().emit(tag, value, collector.timestamp());
    }
}
