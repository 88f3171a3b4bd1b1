package io.holdfast.api.state;

import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.Objects;

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
        super(name, serializer);
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
    public StateKind kind() {
        return StateKind.REDUCING;
    }
}
