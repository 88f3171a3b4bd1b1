package io.holdfast.runtime.operator;

import io.holdfast.api.error.Problem;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.OperatorStateStore;
import io.holdfast.api.process.RawKeyedStateInput;
import io.holdfast.api.process.RuntimeContext;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.runtime.state.OperatorStates;
import io.holdfast.runtime.state.RawKeyedState;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Where an operator runs: what its functions see, and its state. */
public final class OperatorContext implements RuntimeContext, FunctionInitializationContext {
    private final String operatorName;
    private final SubtaskInfo info;
    private final OperatorStateAccess states;
    private final LongSupplier clock;
    private final Runnable lateRecords;
    private final Runnable cancellationCheck;

    /**
     * A context.
     *
     * @param operatorName name of the operator
     * @param info which subtask
     * @param states the operator's state
     * @param clock processing time in milliseconds
     * @param lateRecords counts one more record that was dropped because it came too late
     * @param cancellationCheck throws once the task is cancelled
     */
    public OperatorContext(
            String operatorName,
            SubtaskInfo info,
            OperatorStateAccess states,
            LongSupplier clock,
            Runnable lateRecords,
            Runnable cancellationCheck) {
        this.operatorName = operatorName;
        this.info = info;
        this.states = states;
        this.clock = clock;
        this.lateRecords = lateRecords;
        this.cancellationCheck = cancellationCheck;
    }

    @Override
    public String operatorName() {
        return operatorName;
    }

    @Override
    public int subtask() {
        return info.subtask();
    }

    @Override
    public int parallelism() {
        return info.parallelism();
    }

    @Override
    public int maxParallelism() {
        return info.maxParallelism();
    }

    @Override
    public int attempt() {
        return info.attempt();
    }

    @Override
    public String attemptId() {
        return info.attemptId();
    }

    @Override
    public boolean isRestored() {
        return states.restored();
    }

    @Override
    public OperatorStateStore operatorStateStore() {
        return states.withoutKeys();
    }

    @Override
    public Iterable<RawKeyedStateInput> rawKeyedStateInputs() {
        return states.rawKeyed()
                .orElseThrow(() -> RawKeyedState.withoutKeys(operatorName))
                .inputs();
    }

    /**
     * The operator's state without keys, with what the engine needs of it.
     *
     * @return the states
     */
    public OperatorStates operatorStates() {
        return states.withoutKeys();
    }

    /**
     * The operator's keyed state.
     *
     * @return the backend, or empty for an operator without keys
     */
    public Optional<KeyedStateBackend<?>> keyedBackend() {
        return states.keyed().map(ExpiringStates::backend);
    }

    long processingTime() {
        return clock.getAsLong();
    }

    /** Counts a record that is dropped because it came too late. */
    public void countLateRecord() {
        lateRecords.run();
    }

    void throwIfCancelled() {
        cancellationCheck.run();
    }

    private ExpiringStates<?> keyed(StateDescriptor<?, ?> descriptor) {
        return states.keyed()
                .orElseThrow(
                        () ->
                                Problem.user(
                                                "STATE-3008",
                                                "'%s' asks for keyed state '%s', but its input has no keys."
                                                        .formatted(operatorName, descriptor.name()))
                                        .advise(
                                                "call keyBy before process, or use operator state through CheckpointedFunction")
                                        .exception());
    }

    private static <S extends Namespaced<VoidNamespace>> S inVoid(S state) {
        state.setCurrentNamespace(VoidNamespace.INSTANCE);
        return state;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return inVoid(keyed(descriptor).value(descriptor, VoidNamespace.SERIALIZER));
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return inVoid(keyed(descriptor).list(descriptor, VoidNamespace.SERIALIZER));
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return inVoid(keyed(descriptor).map(descriptor, VoidNamespace.SERIALIZER));
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return inVoid(keyed(descriptor).reducing(descriptor, VoidNamespace.SERIALIZER));
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(
            AggregatingStateDescriptor<I, A, O> descriptor) {
        return inVoid(keyed(descriptor).aggregating(descriptor, VoidNamespace.SERIALIZER));
    }
}
