package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Namespaced;

/** A value state: the content of an entry is the value itself. */
final class HeapValue<K, N, V> extends TableState<K, N, V> implements Namespaced.Value<N, V> {
    private final ValueStateDescriptor<V> descriptor;
    private final Serializer<V> serializer;

    HeapValue(Parts<K, N, V> parts, ValueStateDescriptor<V> descriptor, Serializer<V> serializer) {
        super(parts);
        this.descriptor = descriptor;
        this.serializer = serializer;
    }

    @Override
    public V value() {
        V value = handOut(serializer);
        return value == null ? descriptor.defaultValue() : value;
    }

    @Override
    public void update(V value) {
        if (value == null) {
            clear();
        } else {
            put(value);
        }
    }
}
