package io.holdfast.api.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.Optional;

/**
 * Describes a {@link ValueState}.
 *
 * @param <T> type of the value
 */
public final class ValueStateDescriptor<T> extends StateDescriptor<ValueState<T>, T> {
    private final T defaultValue;

    /**
     * A state without a default.
     *
     * @param name unique in its operator
     * @param type class of the value, see {@link Serializers#forClass}
     */
    public ValueStateDescriptor(String name, Class<T> type) {
        this(name, Serializers.forClass(type));
    }

    /**
     * A state without a default.
     *
     * @param name unique in its operator
     * @param serializer serializer of the value
     */
    public ValueStateDescriptor(String name, Serializer<T> serializer) {
        this(name, serializer, null);
    }

    /**
     * A state with a default.
     *
     * @param name unique in its operator
     * @param serializer serializer of the value
     * @param defaultValue what is read where nothing is stored, copied at each reading; may be null
     */
    public ValueStateDescriptor(String name, Serializer<T> serializer, T defaultValue) {
        this(name, serializer, defaultValue, Optional.empty());
    }

    private ValueStateDescriptor(
            String name,
            Serializer<T> serializer,
            T defaultValue,
            Optional<StateTtlConfig> timeToLive) {
        super(name, serializer, timeToLive);
        this.defaultValue = defaultValue;
    }

    /**
     * The default.
     *
     * @return a copy of it, or null
     */
    public T defaultValue() {
        return defaultValue == null ? null : serializer().copy(defaultValue);
    }

    @Override
    public ValueStateDescriptor<T> withTimeToLive(StateTtlConfig config) {
        return new ValueStateDescriptor<>(name(), serializer(), defaultValue, Optional.of(config));
    }

    @Override
    public StateKind kind() {
        return StateKind.VALUE;
    }
}
