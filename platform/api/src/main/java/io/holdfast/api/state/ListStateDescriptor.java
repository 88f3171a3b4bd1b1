package io.holdfast.api.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;
import java.util.Optional;

/**
 * Describes a {@link ListState}.
 *
 * @param <T> type of the elements
 */
public final class ListStateDescriptor<T> extends StateDescriptor<ListState<T>, T> {

    /**
     * A list.
     *
     * @param name unique in its operator
     * @param elementType class of the elements, see {@link Serializers#forClass}
     */
    public ListStateDescriptor(String name, Class<T> elementType) {
        this(name, Serializers.forClass(elementType));
    }

    /**
     * A list.
     *
     * @param name unique in its operator
     * @param element serializer of the elements
     */
    public ListStateDescriptor(String name, Serializer<T> element) {
        this(name, element, Optional.empty());
    }

    private ListStateDescriptor(
            String name, Serializer<T> element, Optional<StateTtlConfig> timeToLive) {
        super(name, element, timeToLive);
    }

    @Override
    public ListStateDescriptor<T> withTimeToLive(StateTtlConfig config) {
        return new ListStateDescriptor<>(name(), serializer(), Optional.of(config));
    }

    @Override
    public StateKind kind() {
        return StateKind.LIST;
    }
}
