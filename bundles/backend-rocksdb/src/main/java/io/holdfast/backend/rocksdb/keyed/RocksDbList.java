package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Store;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.toolkit.canonical.CanonicalFormat;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A list state: one entry, the elements with a separator between them. Adding writes the new
 * elements only; RocksDB joins them when the entry is read, or when it is compacted.
 */
final class RocksDbList<K, N, T> extends ColumnState<K, N> implements Namespaced.ListOf<N, T> {
    private final Serializer<T> element;
    private final ListGuard guard;

    RocksDbList(
            Tools<K> tools,
            String name,
            Column column,
            Serializer<N> namespace,
            Serializer<T> element) {
        super(tools, name, column, namespace);
        this.element = element;
        this.guard = new ListGuard(tools.limits().valueBytes());
    }

    @Override
    public Iterable<T> get() {
        int keyLength = locate();
        Store store = tools().store();
        int length = store.get(column(), keyBytes(), keyLength);
        if (length == Store.ABSENT) {
            return List.of();
        }
        try {
            return elements(element, tools().in().wrap(store.value(), 0, length));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Reads all elements of a list. */
    static <T> List<T> elements(Serializer<T> element, BytesInput in) throws IOException {
        List<T> elements = new ArrayList<>();
        elements.add(element.read(in));
        while (in.remaining() > 0) {
            if (in.readByte() != CanonicalFormat.LIST_SEPARATOR) {
                throw new IOException("no separator after element " + elements.size());
            }
            elements.add(element.read(in));
        }
        return elements;
    }

    @Override
    public void add(T value) {
        requireElement(value);
        append(encode(value, element));
    }

    @Override
    public void addAll(List<T> values) {
        if (!values.isEmpty()) {
            append(encodeAll(values));
        }
    }

    @Override
    public void update(List<T> values) {
        if (values.isEmpty()) {
            clear();
        } else {
            BytesOutput out = encodeAll(values);
            int keyLength = locate();
            tools().store().put(column(), keyBytes(), keyLength, out.array(), out.length());
        }
    }

    private BytesOutput encodeAll(List<T> values) {
        BytesOutput out = tools().emptyOut();
        boolean first = true;
        for (T value : values) {
            requireElement(value);
            if (!first) {
                out.writeByte(CanonicalFormat.LIST_SEPARATOR);
            }
            first = false;
            appendTo(out, value, element);
            requireAcceptable(out.length());
        }
        return out;
    }

    private void append(BytesOutput out) {
        int keyLength = locate();
        requireRoom(keyLength, out.length());
        tools().store().append(column(), keyBytes(), keyLength, out.array(), out.length());
    }

    private void requireRoom(int keyLength, int added) {
        if (guard.mustMeasure(keyBytes(), keyLength, added)) {
            int present = tools().store().size(column(), keyBytes(), keyLength);
            long wanted = Math.max(0, present) + 1L + added;
            guard.measured(keyBytes(), keyLength, wanted);
            requireAcceptable(wanted);
        }
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        for (N source : sources) {
            setCurrentNamespace(source);
            Store store = tools().store();
            int keyLength = locate();
            int length = store.get(column(), keyBytes(), keyLength);
            if (length != Store.ABSENT) {
                byte[] moved = Arrays.copyOf(store.value(), length);
                setCurrentNamespace(target);
                int targetLength = locate();
                requireRoom(targetLength, length);
                store.append(column(), keyBytes(), targetLength, moved, length);
                setCurrentNamespace(source);
                clear();
            }
        }
    }
}
