package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Batch;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Scan;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/**
 * A map state: an entry for each map key, whose value is one byte, 1 for null, or 0 and the user's
 * value.
 */
final class RocksDbMap<K, N, U, V> extends ColumnState<K, N> implements Namespaced.MapOf<N, U, V> {
    private final Serializer<U> mapKeySerializer;
    private final Serializer<V> valueSerializer;

    RocksDbMap(
            Tools<K> tools,
            String name,
            Column column,
            Serializer<N> namespace,
            Serializer<U> mapKey,
            Serializer<V> value) {
        super(tools, name, column, namespace);
        this.mapKeySerializer = mapKey;
        this.valueSerializer = value;
    }

    private int locate(U mapKey) {
        requireElement(mapKey);
        locate();
        try {
            return tools().keys().append(mapKey, mapKeySerializer);
        } catch (UncheckedIOException e) {
            throw unwritable(e.getCause());
        }
    }

    @Override
    public V get(U mapKey) {
        if (mapKey == null) {
            return null;
        }
        int keyLength = locate(mapKey);
        int length = tools().store().get(column(), keyBytes(), keyLength);
        return length == Store.ABSENT ? null : decodeValue(tools().store().value(), 0, length);
    }

    @Override
    public boolean contains(U mapKey) {
        if (mapKey == null) {
            return false;
        }
        int keyLength = locate(mapKey);
        return tools().store().size(column(), keyBytes(), keyLength) != Store.ABSENT;
    }

    @Override
    public void put(U mapKey, V value) {
        int keyLength = locate(mapKey);
        BytesOutput out = encodeValue(value);
        tools().store().put(column(), keyBytes(), keyLength, out.array(), out.length());
    }

    @Override
    public void putAll(Map<U, V> entries) {
        entries.keySet().forEach(this::requireElement);
        Batch batch = tools().store().batch();
        for (Map.Entry<U, V> entry : entries.entrySet()) {
            int keyLength = locate(entry.getKey());
            BytesOutput out = encodeValue(entry.getValue());
            batch.put(column(), keyBytes(), 0, keyLength, out.array(), 0, out.length());
        }
        batch.flush();
    }

    @Override
    public void remove(U mapKey) {
        if (mapKey != null) {
            delete(locate(mapKey));
        }
    }

    @Override
    public void clear() {
        int prefixLength = locate();
        byte[] prefix = Arrays.copyOf(keyBytes(), prefixLength);
        Batch batch = tools().store().batch();
        try (Scan scan = tools().store().scan(column())) {
            scan.seek(prefix);
            for (; scan.keyStartsWith(prefix, prefixLength); scan.next()) {
                batch.delete(column(), scan.key(), 0, scan.keyLength());
            }
        }
        batch.flush();
    }

    @Override
    public boolean isEmpty() {
        int prefixLength = locate();
        byte[] prefix = Arrays.copyOf(keyBytes(), prefixLength);
        try (Scan scan = tools().store().scan(column())) {
            scan.seek(prefix);
            return !scan.keyStartsWith(prefix, prefixLength);
        }
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        return new MapCursor<>(this, MapEntry::new);
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<U> keys() {
        return () -> new MapCursor<>(this, (map, batch, index) -> batch.mapKey(map, index));
    }

    @Override
    public Iterable<V> values() {
        return () -> new MapCursor<>(this, (map, batch, index) -> batch.value(map, index));
    }

    U decodeMapKey(byte[] bytes, int offset, int length) {
        try {
            return mapKeySerializer.read(tools().in().wrap(bytes, offset, length));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    V decodeValue(byte[] bytes, int offset, int length) {
        BytesInput in = tools().in().wrap(bytes, offset, length);
        try {
            return in.readBoolean() ? null : valueSerializer.read(in);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private BytesOutput encodeValue(V value) {
        BytesOutput out = tools().emptyOut();
        out.writeBoolean(value == null);
        if (value != null) {
            appendTo(out, value, valueSerializer);
            requireAcceptable(out.length());
        }
        return out;
    }

    /** Stores the value of an entry that was read, whatever the current key is. */
    void putAt(byte[] key, V value) {
        BytesOutput out = encodeValue(value);
        tools().store().put(column(), key, key.length, out.array(), out.length());
    }

    void removeAt(byte[] key) {
        tools().store().delete(column(), key, key.length);
    }
}
