package io.holdfast.runtime;

import io.holdfast.api.connector.Sink;
import io.holdfast.api.error.Problem;
import io.holdfast.api.function.FilterFunction;
import io.holdfast.api.function.FlatMapFunction;
import io.holdfast.api.function.KeySelector;
import io.holdfast.api.function.MapFunction;
import io.holdfast.api.process.CheckpointedFunction;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessFunction;
import io.holdfast.api.process.RichFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.runtime.channel.StableKeys;
import io.holdfast.runtime.connector.PrintSink;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Edge;
import io.holdfast.runtime.graph.Node;
import io.holdfast.runtime.graph.Routing;
import io.holdfast.runtime.operator.FilterOperator;
import io.holdfast.runtime.operator.FlatMapOperator;
import io.holdfast.runtime.operator.MapOperator;
import io.holdfast.runtime.operator.Operator;
import io.holdfast.runtime.operator.ProcessOperator;
import io.holdfast.runtime.operator.SinkOperator;
import io.holdfast.runtime.operator.TimestampsOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records on their way through a job. Used by the thread that describes the job.
 *
 * @param <T> type of the records
 */
public final class DataStream<T> {
    private final StreamExecutionEnvironment environment;
    private final List<Port> ports;

    DataStream(StreamExecutionEnvironment environment, List<Port> ports) {
        this.environment = environment;
        this.ports = List.copyOf(ports);
    }

    static <T> DataStream<T> of(StreamExecutionEnvironment environment, Node node) {
        return new DataStream<>(
                environment, List.of(new Port(node, Optional.empty(), Routing.FORWARD)));
    }

    StreamExecutionEnvironment environment() {
        return environment;
    }

    List<Port> ports() {
        return ports;
    }

    /** Edges to one input of a consumer. */
    List<Edge> edges(int input) {
        return ports.stream().map(port -> port.edge(input)).toList();
    }

    <O> DataStream<O> then(String name, Body body, List<Edge> edges) {
        return of(environment, environment.add(new Node(name, body, edges)));
    }

    private <O> DataStream<O> stateless(
            String name, Object function, Supplier<Operator<O>> operator) {
        if (function instanceof RichFunction || function instanceof CheckpointedFunction) {
            throw Problem.user(
                            "JOB-6005",
                            "The function of '%s' has state or a life cycle, but all subtasks share it."
                                    .formatted(name))
                    .with("function", function.getClass().getName())
                    .advise("make it a ProcessFunction and call process with a supplier")
                    .exception();
        }
        return then(name, new Body.Process(operator, Optional.empty()), edges(0));
    }

    /**
     * Turns each record into one other.
     *
     * @param function shared by all subtasks
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> map(MapFunction<T, O> function) {
        return stateless("map", function, () -> new MapOperator<>(function));
    }

    /**
     * Keeps or drops records.
     *
     * @param function shared by all subtasks
     * @return those that are kept
     */
    public DataStream<T> filter(FilterFunction<T> function) {
        return stateless("filter", function, () -> new FilterOperator<>(function));
    }

    /**
     * Turns each record into any number of others.
     *
     * @param function shared by all subtasks
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> flatMap(FlatMapFunction<T, O> function) {
        return stateless("flatMap", function, () -> new FlatMapOperator<>(function));
    }

    /**
     * Processes records with side outputs and operator state.
     *
     * @param function makes the function of each subtask
     * @param <O> type of the results
     * @return the results
     */
    public <O> DataStream<O> process(Supplier<? extends ProcessFunction<T, O>> function) {
        return then(
                "process",
                new Body.Process(() -> new ProcessOperator<T, O>(function.get()), Optional.empty()),
                edges(0));
    }

    /**
     * Puts the records of several streams into one, in no order.
     *
     * @param others streams of the same environment
     * @return all records
     */
    @SafeVarargs
    public final DataStream<T> union(DataStream<T>... others) {
        List<Port> all = new ArrayList<>(ports);
        for (DataStream<T> other : others) {
            all.addAll(other.ports());
        }
        return new DataStream<>(environment, all);
    }

    /**
     * Prepares to process this stream together with another.
     *
     * @param other a stream of the same environment
     * @param <J> type of its records
     * @return both
     */
    public <J> ConnectedStreams<T, J> connect(DataStream<J> other) {
        return new ConnectedStreams<>(this, other);
    }

    /**
     * Prepares to process this stream in the light of a broadcast one.
     *
     * @param other a stream of the same environment
     * @param <B> type of its records
     * @return both
     */
    public <B> BroadcastConnectedStream<T, B> connect(BroadcastStream<B> other) {
        return new BroadcastConnectedStream<>(this, edges(0), other);
    }

    /**
     * Groups records by key. Keys must have a {@code hashCode} that depends on their content alone.
     *
     * @param selector chooses the key
     * @param keyType class of the keys, see {@link Serializers#forClass}
     * @param <K> type of the keys
     * @return the grouped stream
     * @throws io.holdfast.api.error.HoldfastException JOB-6011 if keys of this class cannot be
     *     found again in another process
     */
    public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> selector, Class<K> keyType) {
        StableKeys.require(keyType, ports.get(0).node().name());
        return keyBy(selector, Serializers.forClass(keyType));
    }

    /**
     * Groups records by key. Keys must have a {@code hashCode} that depends on their content alone;
     * that is checked when the first key of each class comes.
     *
     * @param selector chooses the key
     * @param serializer serializer of the keys
     * @param <K> type of the keys
     * @return the grouped stream
     */
    public <K> KeyedStream<T, K> keyBy(KeySelector<T, K> selector, Serializer<K> serializer) {
        return new KeyedStream<>(this, selector, serializer);
    }

    /**
     * Spreads records evenly over the subtasks of the next operator.
     *
     * @return the same records
     */
    public DataStream<T> rebalance() {
        return new DataStream<>(
                environment, ports.stream().map(port -> port.routed(Routing.REBALANCE)).toList());
    }

    /**
     * Gives every record to every subtask of the next operator.
     *
     * @return the same records
     */
    public DataStream<T> broadcast() {
        return new DataStream<>(
                environment, ports.stream().map(port -> port.routed(Routing.BROADCAST)).toList());
    }

    /**
     * Gives every record to every subtask of the next operator, which keeps what it needs of them
     * in broadcast state.
     *
     * @param states the states
     * @return for {@link #connect(BroadcastStream)}
     */
    public BroadcastStream<T> broadcast(MapStateDescriptor<?, ?>... states) {
        return new BroadcastStream<>(broadcast(), List.of(states));
    }

    /**
     * Writes the records to a sink. The stream can be used for other things as well.
     *
     * @param sink makes the sink of each subtask
     * @return names the sink and sets its parallelism; it has no records
     */
    public DataStream<Void> sinkTo(Supplier<? extends Sink<T>> sink) {
        return then(
                "sink",
                new Body.Process(() -> new SinkOperator<T>(sink.get()), Optional.empty()),
                edges(0));
    }

    /**
     * Prints the records to the standard output.
     *
     * @return as {@link #sinkTo}
     */
    public DataStream<Void> print() {
        return sinkTo(() -> new PrintSink<T>(System.out)).name("print");
    }

    /**
     * Gives the records new times, and watermarks that follow from these; those so far are dropped.
     *
     * @param strategy gives times and watermarks; each subtask applies it to the records it gets
     * @return the same records
     */
    public DataStream<T> assignTimestampsAndWatermarks(WatermarkStrategy<T> strategy) {
        return then(
                "timestamps",
                new Body.Process(() -> new TimestampsOperator<>(strategy), Optional.empty()),
                edges(0));
    }

    /**
     * The records of a side output of the last operator.
     *
     * @param tag names the output
     * @param <X> type of the records
     * @return its records
     */
    public <X> DataStream<X> getSideOutput(OutputTag<X> tag) {
        return new DataStream<>(
                environment,
                List.of(new Port(last("getSideOutput"), Optional.of(tag), Routing.FORWARD)));
    }

    private Node last(String method) {
        if (ports.size() != 1) {
            throw Problem.user("JOB-6006", "A union has no " + method + ".")
                    .advise("call " + method + " on each of the streams, or on what follows")
                    .exception();
        }
        return ports.get(0).node();
    }

    /**
     * Names the last operator.
     *
     * @param name for people
     * @return this stream
     */
    public DataStream<T> name(String name) {
        last("name").name(name);
        return this;
    }

    /**
     * Identifies the state of the last operator, so that it is found again when the job changes.
     *
     * @param uid unique in the job
     * @return this stream
     */
    public DataStream<T> uid(String uid) {
        last("uid").uid(uid);
        return this;
    }

    /**
     * Sets the number of subtasks of the last operator.
     *
     * @param parallelism 1 or more
     * @return this stream
     */
    public DataStream<T> setParallelism(int parallelism) {
        if (parallelism < 1) {
            throw Problem.user("JOB-6007", "The parallelism cannot be " + parallelism + ".")
                    .with("possible", "1 or more")
                    .exception();
        }
        last("parallelism").parallelism(parallelism);
        return this;
    }
}
