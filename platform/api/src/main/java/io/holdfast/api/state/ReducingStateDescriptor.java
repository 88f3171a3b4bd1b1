package io.holdfast.api.state;

import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.Objects;
import java.util.Optional;

/**
 * Describes a {@link ReducingState}.
 *
 * @param <T> type of the values
 */
public final class ReducingStateDescriptor<T> extends StateDescriptor<ReducingState<T>, T> {
    private final ReduceFunction<T> function;

    /**
     * A reducing state.
     *
     * @param name unique in its operator
     * @param function combines two values
     * @param type class of the values, see {@link Serializers#forClass}
     */
    public ReducingStateDescriptor(String name, ReduceFunction<T> function, Class<T> type) {
        this(name, function, Serializers.forClass(type));
    }

    /**
     * A reducing state.
     *
     * @param name unique in its operator
     * @param function combines two values
     * @param serializer serializer of the values
     */
    public ReducingStateDescriptor(
            String name, ReduceFunction<T> function, Serializer<T> serializer) {
        this(name, function, serializer, Optional.empty());
    }

    private ReducingStateDescriptor(
            String name,
            ReduceFunction<T> function,
            Serializer<T> serializer,
            Optional<StateTtlConfig> timeToLive) {
        super(name, serializer, timeToLive);
        this.function = Objects.requireNonNull(function, "function");
    }

    /**
     * The combining function.
     *
     * @return the function
     */
    public ReduceFunction<T> function() {
        return function;
    }

    @Override
    public ReducingStateDescriptor<T> withTimeToLive(StateTtlConfig config) {
        return new ReducingStateDescriptor<>(name(), function, serializer(), Optional.of(config));
    }

    @Override
    public StateKind kind() {
        return StateKind.REDUCING;
    }
}
