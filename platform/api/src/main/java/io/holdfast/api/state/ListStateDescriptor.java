package io.holdfast.api.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.serialization.Serializers;

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
        super(name, element);
    }

    @Override
    public StateKind kind() {
        return StateKind.LIST;
    }
}
