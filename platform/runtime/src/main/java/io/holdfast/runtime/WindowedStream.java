package io.holdfast.runtime;

import io.holdfast.api.error.Problem;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessWindowFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.Window;
import io.holdfast.api.window.WindowAssigner;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.window.EmitContent;
import io.holdfast.runtime.window.WindowContent;
import io.holdfast.runtime.window.WindowOperator;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records grouped by key and window of event time. A window gives its result when the watermark
 * passes its end.
 *
 * @param <T> type of the records
 * @param <K> type of the keys
 * @param <W> type of the windows
 */
public final class WindowedStream<T, K, W extends Window> {
    private final KeyedStream<T, K> stream;
    private final WindowAssigner<W> assigner;
    private final long lateness;
    private final Optional<OutputTag<T>> lateRecords;

    WindowedStream(KeyedStream<T, K> stream, WindowAssigner<W> assigner) {
        this(stream, assigner, 0, Optional.empty());
    }

    private WindowedStream(
            KeyedStream<T, K> stream,
            WindowAssigner<W> assigner,
            long lateness,
            Optional<OutputTag<T>> lateRecords) {
        this.stream = stream;
        this.assigner = assigner;
        this.lateness = lateness;
        this.lateRecords = lateRecords;
    }

    /**
     * Keeps windows for records that come behind the watermark; each gives a new result.
     *
     * @param duration how long in event time, 0 or more
     * @return the windows with that lateness
     */
    public WindowedStream<T, K, W> allowedLateness(Duration duration) {
        if (duration.isNegative()) {
            throw Problem.user("JOB-6008", "The allowed lateness cannot be " + duration + ".")
                    .with("possible", "0 or more")
                    .exception();
        }
        return new WindowedStream<>(stream, assigner, duration.toMillis(), lateRecords);
    }

    /**
     * Keeps records that come too late for every window.
     *
     * @param tag the side output of the result that takes them
     * @return the windows with that side output
     */
    public WindowedStream<T, K, W> sideOutputLateData(OutputTag<T> tag) {
        return new WindowedStream<>(stream, assigner, lateness, Optional.of(tag));
    }

    /**
     * Combines the records of each window.
     *
     * @param function shared by all subtasks
     * @param type class of the records, see {@link Serializers#forClass}
     * @return one record for each window
     */
    public DataStream<T> reduce(ReduceFunction<T> function, Class<T> type) {
        return reduce(function, Serializers.forClass(type));
    }

    /**
     * Combines the records of each window.
     *
     * @param function shared by all subtasks
     * @param type serializer of the records
     * @return one record for each window
     */
    public DataStream<T> reduce(ReduceFunction<T> function, Serializer<T> type) {
        return operator(
                "window reduce",
                () -> WindowContent.reduced(function, type.duplicate()),
                EmitContent::new);
    }

    /**
     * Combines the records of each window, and makes results of the combination.
     *
     * @param function shared by all subtasks
     * @param type serializer of the records
     * @param window makes the function of each subtask; it gets one element
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> reduce(
            ReduceFunction<T> function,
            Serializer<T> type,
            Supplier<? extends ProcessWindowFunction<T, O, K, W>> window) {
        return operator(
                "window reduce", () -> WindowContent.reduced(function, type.duplicate()), window);
    }

    /**
     * Collects the records of each window in an accumulator.
     *
     * @param function shared by all subtasks
     * @param accumulator class of the accumulator, see {@link Serializers#forClass}
     * @param <A> type of the accumulator
     * @param <R> type of the results
     * @return one result for each window
     */
    public <A, R> DataStream<R> aggregate(
            AggregateFunction<T, A, R> function, Class<A> accumulator) {
        return aggregate(function, Serializers.forClass(accumulator));
    }

    /**
     * Collects the records of each window in an accumulator.
     *
     * @param function shared by all subtasks
     * @param accumulator serializer of the accumulator
     * @param <A> type of the accumulator
     * @param <R> type of the results
     * @return one result for each window
     */
    public <A, R> DataStream<R> aggregate(
            AggregateFunction<T, A, R> function, Serializer<A> accumulator) {
        return aggregate(function, accumulator, EmitContent::new);
    }

    /**
     * Collects the records of each window in an accumulator, and makes results of what that gives.
     *
     * @param function shared by all subtasks
     * @param accumulator class of the accumulator, see {@link Serializers#forClass}
     * @param window makes the function of each subtask; it gets one element
     * @param <A> type of the accumulator
     * @param <R> what the accumulator gives
     * @param <O> type of the results
     * @return the results
     */
    public <A, R, O> DataStream<O> aggregate(
            AggregateFunction<T, A, R> function,
            Class<A> accumulator,
            Supplier<? extends ProcessWindowFunction<R, O, K, W>> window) {
        return aggregate(function, Serializers.forClass(accumulator), window);
    }

    /**
     * Collects the records of each window in an accumulator, and makes results of what that gives.
     *
     * @param function shared by all subtasks
     * @param accumulator serializer of the accumulator
     * @param window makes the function of each subtask; it gets one element
     * @param <A> type of the accumulator
     * @param <R> what the accumulator gives
     * @param <O> type of the results
     * @return the results
     */
    public <A, R, O> DataStream<O> aggregate(
            AggregateFunction<T, A, R> function,
            Serializer<A> accumulator,
            Supplier<? extends ProcessWindowFunction<R, O, K, W>> window) {
        return operator(
                "window aggregate",
                () -> WindowContent.aggregated(function, accumulator.duplicate()),
                window);
    }

    /**
     * Keeps all records of each window, and makes results of them.
     *
     * @param type class of the records, see {@link Serializers#forClass}
     * @param window makes the function of each subtask
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> process(
            Class<T> type, Supplier<? extends ProcessWindowFunction<T, O, K, W>> window) {
        return process(Serializers.forClass(type), window);
    }

    /**
     * Keeps all records of each window, and makes results of them.
     *
     * @param type serializer of the records
     * @param window makes the function of each subtask
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> process(
            Serializer<T> type, Supplier<? extends ProcessWindowFunction<T, O, K, W>> window) {
        return operator("window", () -> WindowContent.elements(type.duplicate()), window);
    }

    private <R, O> DataStream<O> operator(
            String name,
            Supplier<WindowContent<T, R, W>> content,
            Supplier<? extends ProcessWindowFunction<R, O, K, W>> window) {
        return stream.then(
                name,
                new Body.Process(
                        () ->
                                new WindowOperator<K, T, R, W, O>(
                                        assigner,
                                        content.get(),
                                        window.get(),
                                        lateness,
                                        lateRecords),
                        Optional.of(stream.keySerializer())),
                stream.edges(0));
    }
}
