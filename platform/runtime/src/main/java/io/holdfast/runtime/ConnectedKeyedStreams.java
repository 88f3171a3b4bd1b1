package io.holdfast.runtime;

import io.holdfast.api.process.KeyedCoProcessFunction;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Edge;
import io.holdfast.runtime.operator.KeyedCoProcessOperator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Two streams grouped by the same keys, which are processed with common state.
 *
 * @param <K> type of the keys
 * @param <I> type of the records of the first
 * @param <J> type of the records of the second
 */
public final class ConnectedKeyedStreams<K, I, J> {
    private final KeyedStream<I, K> first;
    private final KeyedStream<J, K> second;

    ConnectedKeyedStreams(KeyedStream<I, K> first, KeyedStream<J, K> second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Processes the records of both.
     *
     * @param function makes the function of each subtask
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> process(
            Supplier<? extends KeyedCoProcessFunction<K, I, J, O>> function) {
        List<Edge> edges =
                Stream.concat(first.edges(0).stream(), second.edges(1).stream()).toList();
        return first.then(
                "process",
                new Body.Process(
                        () -> new KeyedCoProcessOperator<K, I, J, O>(function.get()),
                        Optional.of(first.keySerializer())),
                edges);
    }
}
