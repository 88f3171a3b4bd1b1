package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A state whose entries are in a column, under the composite key of the current key and namespace.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 */
abstract class ColumnState<K, N> implements Namespaced<N> {
    private final Tools<K> tools;
    private final CurrentKey<K> keys;
    private final Store store;
    private final String name;
    private final Column column;
    private final Serializer<N> namespaceSerializer;
    private N namespace;

    ColumnState(Tools<K> tools, String name, Column column, Serializer<N> namespaceSerializer) {
        this.tools = tools;
        this.keys = tools.keys();
        this.store = tools.store();
        this.name = name;
        this.column = column;
        this.namespaceSerializer = namespaceSerializer;
    }

    @Override
    public final void setCurrentNamespace(N next) {
        if (next != namespace) {
            namespace = next;
            keys.forget(this);
        }
    }

    final Tools<K> tools() {
        return tools;
    }

    final String name() {
        return name;
    }

    final Column column() {
        return column;
    }

    final N namespace() {
        return namespace;
    }

    final Serializer<N> namespaceSerializer() {
        return namespaceSerializer;
    }

    /** Writes the composite key of the current entry into {@link #keyBytes()}; its length. */
    final int locate() {
        if (keys.key() == null) {
            throw Refusals.nothingChosen(tools.owner(), name, "key");
        }
        if (namespace == null) {
            throw Refusals.nothingChosen(tools.owner(), name, "namespace");
        }
        try {
            return keys.locate(this, namespace, namespaceSerializer);
        } catch (UncheckedIOException e) {
            throw unwritable(e.getCause());
        }
    }

    final byte[] keyBytes() {
        return keys.array();
    }

    /** Clears the entry that {@link #locate} found. */
    final void delete(int keyLength) {
        store.delete(column, keyBytes(), keyLength);
    }

    /** The value of the current entry, or null. */
    final <V> V read(Serializer<V> serializer) {
        int keyLength = locate();
        int length = store.get(column, keyBytes(), keyLength);
        return length == Store.ABSENT ? null : decode(serializer, length);
    }

    private <V> V decode(Serializer<V> serializer, int length) {
        try {
            return serializer.read(tools.in().wrap(store.value(), 0, length));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Stores the value of the current entry. */
    final <V> void write(V value, Serializer<V> serializer) {
        int keyLength = locate();
        BytesOutput out = encode(value, serializer);
        store.put(column, keyBytes(), keyLength, out.array(), out.length());
    }

    final <V> BytesOutput encode(V value, Serializer<V> serializer) {
        BytesOutput out = tools.emptyOut();
        appendTo(out, value, serializer);
        requireAcceptable(out.length());
        return out;
    }

    final <V> void appendTo(BytesOutput target, V value, Serializer<V> serializer) {
        try {
            serializer.write(value, target);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    final void requireAcceptable(long bytes) {
        int limit = tools.limits().valueBytes();
        if (bytes > limit) {
            throw Refusals.tooLarge(tools.owner(), name, keys.key(), bytes, limit);
        }
    }

    final void requireElement(Object value) {
        if (value == null) {
            throw Refusals.nullElement(tools.owner(), name);
        }
    }

    final HoldfastException unreadable(IOException cause) {
        return Refusals.unreadable(tools.owner(), name, cause);
    }

    final HoldfastException unwritable(IOException cause) {
        return Refusals.unwritable(tools.owner(), name, cause);
    }

    /** Of every kind but maps. */
    public void clear() {
        delete(locate());
    }
}
