package io.holdfast.runtime;

import io.holdfast.api.process.BroadcastProcessFunction;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Edge;
import io.holdfast.runtime.operator.BroadcastProcessOperator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A stream and a broadcast one that are to be processed together.
 *
 * @param <I> type of the records of the stream
 * @param <B> type of the records of the broadcast stream
 */
public final class BroadcastConnectedStream<I, B> {
    private final DataStream<I> stream;
    private final List<Edge> edges;
    private final BroadcastStream<B> broadcast;

    BroadcastConnectedStream(DataStream<I> stream, List<Edge> edges, BroadcastStream<B> broadcast) {
        this.stream = stream;
        this.edges = edges;
        this.broadcast = broadcast;
    }

    /**
     * Processes the records of both.
     *
     * @param function makes the function of each subtask
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> process(
            Supplier<? extends BroadcastProcessFunction<I, B, O>> function) {
        List<Edge> both =
                Stream.concat(edges.stream(), broadcast.stream().edges(1).stream()).toList();
        return stream.then(
                "process",
                new Body.Process(
                        () ->
                                new BroadcastProcessOperator<I, B, O>(
                                        function.get(), broadcast.states()),
                        Optional.empty()),
                both);
    }
}
