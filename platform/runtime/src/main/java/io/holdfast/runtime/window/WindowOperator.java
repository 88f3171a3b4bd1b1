package io.holdfast.runtime.window;

import io.holdfast.api.error.Problem;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessWindowFunction;
import io.holdfast.api.window.Window;
import io.holdfast.api.window.WindowAssigner;
import io.holdfast.runtime.operator.FunctionLifecycle;
import io.holdfast.runtime.operator.KeyedOperator;
import io.holdfast.runtime.operator.TimedCollector;
import io.holdfast.runtime.operator.Timers;
import io.holdfast.spi.state.TimerQueue;
import java.util.Optional;

/**
 * Gathers the records of each key in windows, and emits what a function makes of a window when the
 * watermark passes it.
 *
 * <p>A window fires when the watermark reaches its last millisecond; within the allowed lateness
 * once more for each record that comes late; then its content is removed. A record all of whose
 * windows are gone is late: it goes to a side output, if one was named, and else is dropped and
 * counted.
 *
 * @param <K> type of the key
 * @param <T> type of the records
 * @param <R> type of what the windows hold when they fire
 * @param <W> type of the windows
 * @param <O> type of the output
 */
public final class WindowOperator<K, T, R, W extends Window, O> extends KeyedOperator<K, O>
        implements ProcessWindowFunction.Context<W> {
    private final WindowAssigner<W> assigner;
    private final WindowContent<T, R, W> content;
    private final ProcessWindowFunction<R, O, K, W> function;
    private final FunctionLifecycle lifecycle;
    private final long lateness;
    private final Optional<OutputTag<T>> lateRecords;
    private final MergingWindows<W> merging;
    private Timers<K, W> timers;
    private TimedCollector<O> collector;
    private W firing;

    /**
     * An operator for one subtask.
     *
     * @param assigner puts records into windows
     * @param content what windows gather
     * @param function makes results; this subtask's object
     * @param lateness allowed lateness in milliseconds, 0 or more
     * @param lateRecords takes records that come too late, if anybody wants them
     */
    public WindowOperator(
            WindowAssigner<W> assigner,
            WindowContent<T, R, W> content,
            ProcessWindowFunction<R, O, K, W> function,
            long lateness,
            Optional<OutputTag<T>> lateRecords) {
        this.assigner = assigner;
        this.content = content;
        this.function = function;
        this.lifecycle = new FunctionLifecycle(function);
        this.lateness = lateness;
        this.lateRecords = lateRecords;
        this.merging =
                assigner instanceof WindowAssigner.Merging<W> merges
                        ? new MergingWindows<>(merges)
                        : null;
    }

    @Override
    public void initialize() throws Exception {
        super.initialize();
        collector = new TimedCollector<>(output());
        timers =
                new Timers<>(
                        "window-timers",
                        assigner.serializer(),
                        context(),
                        backend(),
                        this::onTimer,
                        timer -> {});
        lifecycle.initialize(context());
    }

    @Override
    public void open() throws Exception {
        content.open(backend(), assigner.serializer());
        if (merging != null) {
            merging.open(backend());
        }
        lifecycle.open();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) throws Exception {
        if (timestamp == Long.MIN_VALUE) {
            throw Problem.user("JOB-6013", "A record without event time came to a window.")
                    .with("operator", context().operatorName())
                    .with("record", value)
                    .advise(
                            "give the source a WatermarkStrategy, or call assignTimestampsAndWatermarks before keyBy")
                    .exception();
        }
        T record = (T) value;
        boolean tooLate = true;
        for (W window : assigner.assign(timestamp)) {
            tooLate &= merging == null ? !addTo(window, window, record) : !merge(window, record);
        }
        if (tooLate && cleanUpTime(timestamp) <= watermarkSeen()) {
            if (lateRecords.isPresent()) {
                output().emit(lateRecords.get(), record, timestamp);
            } else {
                context().countLateRecord();
            }
        }
    }

    /** Returns false if the window is gone. */
    private boolean addTo(W window, W namespace, T record) throws Exception {
        if (isGone(window)) {
            return false;
        }
        content.add(namespace, record);
        timers.eventTime().add(cleanUpTime(window.maxTimestamp()), window);
        if (window.maxTimestamp() <= watermarkSeen()) {
            fire(window, namespace);
        } else {
            timers.eventTime().add(window.maxTimestamp(), window);
        }
        return true;
    }

    private boolean merge(W added, T record) throws Exception {
        MergingWindows.Merge<W> merge = merging.meeting(added);
        if (isGone(merge.window())) {
            return false;
        }
        if (!merge.changesNothing()) {
            merging.apply(merge);
            for (W before : merge.met().keySet()) {
                timers.eventTime().remove(before.maxTimestamp(), before);
                timers.eventTime().remove(cleanUpTime(before.maxTimestamp()), before);
            }
            if (merge.met().size() > 1) {
                content.merge(merge.namespace(), merge.moved());
            }
        }
        return addTo(merge.window(), merge.namespace(), record);
    }

    private void onTimer(TimerQueue.Timer<K, W> timer) throws Exception {
        W window = timer.namespace();
        W namespace = merging == null ? window : merging.namespace(window);
        if (namespace == null) {
            return;
        }
        if (timer.time() == window.maxTimestamp()) {
            fire(window, namespace);
        }
        if (timer.time() == cleanUpTime(window.maxTimestamp())) {
            content.clear(namespace);
            if (merging != null) {
                merging.remove(window);
            }
        }
    }

    private void fire(W window, W namespace) throws Exception {
        Iterable<R> elements = content.get(namespace);
        if (elements.iterator().hasNext()) {
            firing = window;
            collector.at(window.maxTimestamp());
            function.process(backend().currentKey(), this, elements, collector);
        }
    }

    private boolean isGone(W window) {
        return cleanUpTime(window.maxTimestamp()) <= watermarkSeen();
    }

    private long cleanUpTime(long time) {
        return time > Long.MAX_VALUE - lateness ? Long.MAX_VALUE : time + lateness;
    }

    @Override
    protected void onWatermark(long time) throws Exception {
        timers.advanceWatermark(time);
        output().watermark(time);
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
    public W window() {
        return firing;
    }

    @Override
    public long currentWatermark() {
        return watermarkSeen();
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        output().emit(tag, value, firing.maxTimestamp());
    }
}
