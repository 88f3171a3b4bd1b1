package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.toolkit.io.BytesInput;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A map: one entry for each map key, behind the others of its key and namespace. */
final class MapStates<N, U, V> extends Cell<N, V> implements Namespaced.MapOf<N, U, V> {
    private final Serializer<U> mapKeys;

    @SuppressWarnings("unchecked") // the slot was made for the descriptor of this state
    MapStates(OrderedBackend<?> backend, Slot slot) {
        super(backend, slot);
        this.mapKeys = (Serializer<U>) slot.asked.mapKey();
    }

    private byte[] at(U key) {
        return entry(requireValue(key), mapKeys);
    }

    @Override
    public V get(U key) {
        return key == null ? null : read(at(key));
    }

    @Override
    public void put(U key, V value) {
        store.put(at(key), codec.write(value));
    }

    @Override
    public void putAll(Map<U, V> entries) {
        entries.keySet().forEach(this::requireValue);
        entries.forEach(this::put);
    }

    @Override
    public void remove(U key) {
        if (key != null) {
            store.remove(at(key));
        }
    }

    @Override
    public boolean contains(U key) {
        return key != null && store.get(at(key)) != null;
    }

    @Override
    public boolean isEmpty() {
        byte[] prefix = entry();
        return backend.entries.ceiling(prefix, prefix) == null;
    }

    @Override
    public void clear() {
        byte[] prefix = entry();
        for (Map.Entry<byte[], byte[]> entry = backend.entries.ceiling(prefix, prefix);
                entry != null;
                entry = backend.entries.ceiling(entry.getKey(), prefix)) {
            store.remove(entry.getKey());
        }
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        return new Part<>(entry(), entry -> entry);
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<U> keys() {
        return () -> new Part<>(entry(), Map.Entry::getKey);
    }

    @Override
    public Iterable<V> values() {
        return () -> new Part<>(entry(), Map.Entry::getValue);
    }

    /** Goes from entry to entry, and gives a part of each. Holds nothing open. */
    private final class Part<T> implements Iterator<T> {
        private final byte[] prefix;
        private final Function<Map.Entry<U, V>, T> part;
        private byte[] from;
        private Map.Entry<byte[], byte[]> next;
        private byte[] last;

        Part(byte[] prefix, Function<Map.Entry<U, V>, T> part) {
            this.prefix = prefix;
            this.from = prefix;
            this.part = part;
        }

        @Override
        public boolean hasNext() {
            if (next == null) {
                backend.requireOpen();
                next = backend.entries.ceiling(from, prefix);
            }
            return next != null;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            last = next.getKey();
            Map.Entry<U, V> entry = decoded(last, next.getValue());
            from = Entries.after(last);
            next = null;
            return part.apply(entry);
        }

        private Map.Entry<U, V> decoded(byte[] at, byte[] value) {
            return new AbstractMap.SimpleEntry<>(mapKey(at), codec.read(value)) {
                private static final long serialVersionUID = 1L;

                @Override
                public V setValue(V changed) {
                    backend.requireOpen();
                    store.put(at, codec.write(changed));
                    return super.setValue(changed);
                }
            };
        }

        private U mapKey(byte[] at) {
            int length = at.length - prefix.length;
            try {
                return mapKeys.read(new BytesInput().wrap(at, prefix.length, length));
            } catch (IOException e) {
                throw backend.refusals.unreadable(slot.schema.name(), e);
            }
        }

        @Override
        public void remove() {
            backend.requireOpen();
            if (last == null) {
                throw new IllegalStateException("next was not called");
            }
            store.remove(last);
            last = null;
        }
    }
}
