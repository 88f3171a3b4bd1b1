package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.spi.state.Namespaced;

/** A value state: one entry, its value. */
final class RocksDbValue<K, N, V> extends ColumnState<K, N> implements Namespaced.Value<N, V> {
    private final ValueStateDescriptor<V> descriptor;
    private final Serializer<V> serializer;

    RocksDbValue(
            Tools<K> tools,
            Column column,
            Serializer<N> namespace,
            Serializer<V> value,
            ValueStateDescriptor<V> descriptor) {
        super(tools, descriptor.name(), column, namespace);
        this.descriptor = descriptor;
        this.serializer = value;
    }

    @Override
    public V value() {
        V found = read(serializer);
        return found == null ? descriptor.defaultValue() : found;
    }

    @Override
    public void update(V value) {
        if (value == null) {
            clear();
        } else {
            write(value, serializer);
        }
    }
}
