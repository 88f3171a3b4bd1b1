package io.holdfast.runtime;

import io.holdfast.api.function.KeySelector;
import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.window.Window;
import io.holdfast.api.window.WindowAssigner;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Edge;
import io.holdfast.runtime.operator.KeyedProcessOperator;
import io.holdfast.runtime.operator.ReduceOperator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records grouped by key: each subtask of the next operator gets all records of some keys.
 *
 * @param <T> type of the records
 * @param <K> type of the keys
 */
public final class KeyedStream<T, K> {
    private final DataStream<T> stream;
    private final KeySelector<T, K> selector;
    private final Serializer<K> serializer;

    KeyedStream(DataStream<T> stream, KeySelector<T, K> selector, Serializer<K> serializer) {
        this.stream = stream;
        this.selector = selector;
        this.serializer = serializer;
    }

    List<Edge> edges(int input) {
        return stream.ports().stream().map(port -> port.keyed(selector, input)).toList();
    }

    <O> DataStream<O> then(String name, Body body, List<Edge> edges) {
        return stream.then(name, body, edges);
    }

    Serializer<K> keySerializer() {
        return serializer;
    }

    /**
     * Processes records with keyed state and timers.
     *
     * @param function makes the function of each subtask
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> process(Supplier<? extends KeyedProcessFunction<K, T, O>> function) {
        return then(
                "process",
                new Body.Process(
                        () -> new KeyedProcessOperator<K, T, O>(function.get()),
                        Optional.of(serializer)),
                edges(0));
    }

    /**
     * Combines the records of each key, and gives the combination so far for each record.
     *
     * @param function shared by all subtasks
     * @param type class of the records, see {@link Serializers#forClass}
     * @return the combinations
     */
    public DataStream<T> reduce(ReduceFunction<T> function, Class<T> type) {
        return reduce(function, Serializers.forClass(type));
    }

    /**
     * Combines the records of each key, and gives the combination so far for each record.
     *
     * @param function shared by all subtasks
     * @param type serializer of the records
     * @return the combinations
     */
    public DataStream<T> reduce(ReduceFunction<T> function, Serializer<T> type) {
        return then(
                "reduce",
                new Body.Process(
                        () -> new ReduceOperator<K, T>(function, type.duplicate()),
                        Optional.of(serializer)),
                edges(0));
    }

    /**
     * Gathers the records of each key in windows of event time.
     *
     * @param assigner puts records into windows
     * @param <W> type of the windows
     * @return for saying what is done with the windows
     */
    public <W extends Window> WindowedStream<T, K, W> window(WindowAssigner<W> assigner) {
        return new WindowedStream<>(this, assigner);
    }

    /**
     * Prepares to process this stream together with another one with the same keys.
     *
     * @param other a stream of the same environment
     * @param <J> type of its records
     * @return both
     */
    public <J> ConnectedKeyedStreams<K, T, J> connect(KeyedStream<J, K> other) {
        return new ConnectedKeyedStreams<>(this, other);
    }

    /**
     * Prepares to process this stream in the light of a broadcast one; each subtask gets all
     * records of some keys.
     *
     * @param other a stream of the same environment
     * @param <B> type of its records
     * @return both
     */
    public <B> BroadcastConnectedStream<T, B> connect(BroadcastStream<B> other) {
        return new BroadcastConnectedStream<>(stream, edges(0), other);
    }
}
