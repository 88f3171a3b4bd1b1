package io.holdfast.runtime.operator;

import io.holdfast.api.error.Problem;
import io.holdfast.api.process.BroadcastProcessFunction;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.state.BroadcastState;
import io.holdfast.api.state.MapStateDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a {@link BroadcastProcessFunction}: input 0 is the stream, input 1 the broadcast one.
 *
 * @param <I> type of the stream's records
 * @param <B> type of the broadcast records
 * @param <O> type of the output
 */
public final class BroadcastProcessOperator<I, B, O> extends Operator<O>
        implements BroadcastProcessFunction.Context {
    private final BroadcastProcessFunction<I, B, O> function;
    private final FunctionLifecycle lifecycle;
    private final List<MapStateDescriptor<?, ?>> descriptors;
    private final Map<String, BroadcastState<?, ?>> states = new LinkedHashMap<>();
    private TimedCollector<O> collector;

    /**
     * For one function.
     *
     * @param function the function of this subtask
     * @param descriptors the states the stream was broadcast with
     */
    public BroadcastProcessOperator(
            BroadcastProcessFunction<I, B, O> function,
            List<MapStateDescriptor<?, ?>> descriptors) {
        this.function = function;
        this.lifecycle = new FunctionLifecycle(function);
        this.descriptors = List.copyOf(descriptors);
    }

    @Override
    public void initialize() throws Exception {
        for (MapStateDescriptor<?, ?> descriptor : descriptors) {
            states.put(descriptor.name(), context().operatorStates().getBroadcastState(descriptor));
        }
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
        if (input == 0) {
            function.processElement((I) value, this, collector);
        } else {
            function.processBroadcastElement((B) value, this, collector);
        }
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
    @SuppressWarnings("unchecked")
    public <K, V> BroadcastState<K, V> broadcastState(MapStateDescriptor<K, V> descriptor) {
        BroadcastState<?, ?> state = states.get(descriptor.name());
        if (state == null) {
            throw Problem.user(
                            "JOB-6012",
                            "'%s' asks for broadcast state '%s', which its stream was not broadcast with."
                                    .formatted(context().operatorName(), descriptor.name()))
                    .with("possible", states.keySet())
                    .advise("pass the descriptor to broadcast(…)")
                    .exception();
        }
        return (BroadcastState<K, V>) state;
    }

    @Override
    public long timestamp() {
        return collector.timestamp();
    }

    @Override
    public long currentWatermark() {
        return watermarkSeen();
    }

    @Override
    public <X> void output(OutputTag<X> tag, X value) {
        output().emit(tag, value, collector.timestamp());
    }
}
