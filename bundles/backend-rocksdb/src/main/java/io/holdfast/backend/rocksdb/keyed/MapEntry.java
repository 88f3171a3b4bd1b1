package io.holdfast.backend.rocksdb.keyed;

import java.util.Map;
import java.util.Objects;

/** An entry of a map state, read when it is asked for, written through. */
final class MapEntry<U, V> implements Map.Entry<U, V> {
    private final RocksDbMap<?, ?, U, V> map;
    private final MapBatch batch;
    private final int index;
    private final U key;
    private V value;
    private boolean valueRead;

    MapEntry(RocksDbMap<?, ?, U, V> map, MapBatch batch, int index) {
        this.map = map;
        this.batch = batch;
        this.index = index;
        this.key = batch.mapKey(map, index);
    }

    @Override
    public U getKey() {
        return key;
    }

    @Override
    public V getValue() {
        if (!valueRead) {
            value = batch.value(map, index);
            valueRead = true;
        }
        return value;
    }

    @Override
    public V setValue(V next) {
        V before = getValue();
        map.putAt(batch.key(index), next);
        value = next;
        return before;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Map.Entry<?, ?> that
                && Objects.equals(key, that.getKey())
                && Objects.equals(getValue(), that.getValue());
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(key) ^ Objects.hashCode(getValue());
    }

    @Override
    public String toString() {
        return key + "=" + getValue();
    }
}
