package io.holdfast.api.state;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes an {@link AggregatingState}.
 *
 * @param <I> type of what is added
 * @param <A> type of the accumulator
 * @param <O> type of the result
 */
public final class AggregatingStateDescriptor<I, A, O>
        extends StateDescriptor<AggregatingState<I, O>, A> {
    private final AggregateFunction<I, A, O> function;

    /**
     * An aggregating state.
     *
     * @param name unique in its operator
     * @param function collects values
     * @param accumulatorType class of the accumulator, see {@link Serializers#forClass}
     */
    public AggregatingStateDescriptor(
            String name, AggregateFunction<I, A, O> function, Class<A> accumulatorType) {
        this(name, function, Serializers.forClass(accumulatorType));
    }

    /**
     * An aggregating state.
     *
     * @param name unique in its operator
     * @param function collects values
     * @param accumulator serializer of the accumulator
     */
    public AggregatingStateDescriptor(
            String name, AggregateFunction<I, A, O> function, Serializer<A> accumulator) {
        this(name, function, accumulator, Optional.empty());
    }

    private AggregatingStateDescriptor(
            String name,
            AggregateFunction<I, A, O> function,
            Serializer<A> accumulator,
            Optional<StateTtlConfig> timeToLive) {
        super(name, accumulator, timeToLive);
        this.function = Objects.requireNonNull(function, "function");
    }

    /**
     * The collecting function.
     *
     * @return the function
     */
    public AggregateFunction<I, A, O> function() {
        return function;
    }

    @Override
    public AggregatingStateDescriptor<I, A, O> withTimeToLive(StateTtlConfig config) {
        return new AggregatingStateDescriptor<>(
                name(), function, serializer(), Optional.of(config));
    }

    @Override
    public StateKind kind() {
        return StateKind.AGGREGATING;
    }
}
