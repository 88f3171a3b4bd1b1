package io.holdfast.testkit.reference;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.keys.CompositeKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The kinds of state over a table. Values are the very objects that were stored. */
final class ReferenceStates {

    private ReferenceStates() {}

    /** One entry of a table at a time. */
    private abstract static class Cell<N, T> implements Namespaced<N> {
        final ReferenceBackend<?> backend;
        final Table table;
        final Serializer<N> serializer;
        N namespace;

        Cell(ReferenceBackend<?> backend, Table table, Serializer<N> serializer) {
            this.backend = backend;
            this.table = table;
            this.serializer = serializer;
        }

        @Override
        public void setCurrentNamespace(N chosen) {
            namespace = Objects.requireNonNull(chosen, "namespace");
        }

        byte[] key() {
            return backend.at(namespace, serializer).toByteArray();
        }

        @SuppressWarnings("unchecked") // the table holds what this state stored
        T read() {
            return (T) table.entries.get(key());
        }

        /** Stores a content, or removes what is there for null. */
        void store(T content) {
            if (content == null) {
                table.entries.remove(key());
            } else {
                table.entries.put(key(), content);
            }
        }

        public void clear() {
            byte[] key = key();
            if (backend.bug != Bug.CLEAR_FORGOTTEN) {
                table.entries.remove(key);
            }
        }

        /** Moves what the sources hold to the target, one by one, by {@link #append}. */
        public void mergeNamespaces(N target, Collection<N> sources) {
            int number = 0;
            for (N source : sources) {
                setCurrentNamespace(source);
                T content = read();
                if (content == null) {
                    continue;
                }
                table.entries.remove(key());
                number++;
                if (number > 1
                        && number == sources.size()
                        && backend.bug == Bug.MERGE_LOSES_SOURCE) {
                    continue;
                }
                setCurrentNamespace(target);
                T before = read();
                store(before == null ? content : append(before, content));
            }
        }

        T append(T before, T content) {
            throw new UnsupportedOperationException();
        }
    }

    /** A value. */
    static final class Value<N, V> extends Cell<N, V> implements Namespaced.Value<N, V> {
        private final ValueStateDescriptor<V> descriptor;

        Value(
                ReferenceBackend<?> backend,
                Table table,
                Serializer<N> serializer,
                ValueStateDescriptor<V> descriptor) {
            super(backend, table, serializer);
            this.descriptor = descriptor;
        }

        @Override
        public V value() {
            V stored = read();
            return stored == null ? descriptor.defaultValue() : stored;
        }

        @Override
        public void update(V value) {
            if (value == null) {
                clear();
            } else {
                store(value);
            }
        }
    }

    /** A list. */
    static final class ListOf<N, T> extends Cell<N, List<T>> implements Namespaced.ListOf<N, T> {

        ListOf(ReferenceBackend<?> backend, Table table, Serializer<N> serializer) {
            super(backend, table, serializer);
        }

        @Override
        public Iterable<T> get() {
            List<T> stored = read();
            return stored == null ? List.of() : List.copyOf(stored);
        }

        @Override
        public void add(T value) {
            backend.requireValue(value);
            addAll(List.of(value));
        }

        @Override
        public void addAll(List<T> values) {
            values.forEach(backend::requireValue);
            List<T> more = List.copyOf(values);
            if (more.isEmpty()) {
                return;
            }
            List<T> stored = read();
            if (stored == null) {
                store(new ArrayList<>(more));
            } else if (backend.bug == Bug.LIST_FORGETS_ORDER) {
                stored.addAll(0, more);
            } else {
                stored.addAll(more);
            }
        }

        @Override
        public void update(List<T> values) {
            values.forEach(backend::requireValue);
            List<T> all = List.copyOf(values);
            clear();
            addAll(all);
        }

        @Override
        List<T> append(List<T> before, List<T> content) {
            before.addAll(content);
            return before;
        }
    }

    /** A reducing state. */
    static final class Reducing<N, T> extends Cell<N, T> implements Namespaced.Reducing<N, T> {
        private final ReduceFunction<T> function;

        Reducing(
                ReferenceBackend<?> backend,
                Table table,
                Serializer<N> serializer,
                ReduceFunction<T> function) {
            super(backend, table, serializer);
            this.function = function;
        }

        @Override
        public T get() {
            return read();
        }

        @Override
        public void add(T value) {
            backend.requireValue(value);
            T before = read();
            store(before == null ? value : append(before, value));
        }

        @Override
        T append(T before, T content) {
            try {
                return backend.bug == Bug.REDUCE_SWAPS_ARGUMENTS
                        ? function.reduce(content, before)
                        : function.reduce(before, content);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("the reduce function failed", e);
            }
        }
    }

    /** An aggregating state. */
    static final class Aggregating<N, I, A, O> extends Cell<N, A>
            implements Namespaced.Aggregating<N, I, O> {
        private final AggregateFunction<I, A, O> function;
        private final A shared;

        Aggregating(
                ReferenceBackend<?> backend,
                Table table,
                Serializer<N> serializer,
                AggregateFunction<I, A, O> function) {
            super(backend, table, serializer);
            this.function = function;
            this.shared = function.createAccumulator();
        }

        @Override
        public O get() {
            A stored = read();
            return stored == null ? null : function.getResult(stored);
        }

        @Override
        public void add(I value) {
            backend.requireValue(value);
            A before = read();
            if (before == null) {
                before =
                        backend.bug == Bug.SHARED_ACCUMULATOR
                                ? shared
                                : function.createAccumulator();
            }
            store(function.add(value, before));
        }

        @Override
        A append(A before, A content) {
            return function.merge(before, content);
        }
    }

    /** A map: one entry of the table for each map key, below the key of the map. */
    static final class MapOf<N, U, V> extends Cell<N, V> implements Namespaced.MapOf<N, U, V> {
        private final Serializer<U> mapKey;

        MapOf(
                ReferenceBackend<?> backend,
                Table table,
                Serializer<N> serializer,
                Serializer<U> mapKey) {
            super(backend, table, serializer);
            this.mapKey = mapKey;
        }

        private byte[] key(U key) {
            CompositeKeys<?> keys = backend.at(namespace, serializer);
            backend.requireValue(key);
            keys.mapKey(key, mapKey);
            return keys.toByteArray();
        }

        private List<byte[]> stored() {
            byte[] prefix = key();
            return table.entries.tailMap(prefix).keySet().stream()
                    .takeWhile(key -> ReferenceBackend.startsWith(key, prefix))
                    .toList();
        }

        @SuppressWarnings("unchecked") // the table holds what this state stored
        private V at(byte[] key) {
            return (V) table.entries.get(key);
        }

        @Override
        public V get(U key) {
            return key == null ? null : at(key(key));
        }

        @Override
        public void put(U key, V value) {
            table.entries.put(key(key), value);
        }

        @Override
        public void putAll(Map<U, V> entries) {
            entries.keySet().forEach(backend::requireValue);
            entries.forEach(this::put);
        }

        @Override
        public void remove(U key) {
            if (key != null) {
                table.entries.remove(key(key));
            }
        }

        @Override
        public boolean contains(U key) {
            return backend.bug == Bug.NULL_MAP_VALUE_IS_ABSENT
                    ? get(key) != null
                    : key != null && table.entries.containsKey(key(key));
        }

        @Override
        public void clear() {
            stored().forEach(table.entries::remove);
        }

        @Override
        public boolean isEmpty() {
            return stored().isEmpty();
        }

        @Override
        public Iterator<Map.Entry<U, V>> iterator() {
            int prefixLength = key().length;
            Iterator<byte[]> keys = stored().iterator();
            return new Iterator<>() {
                private byte[] last;

                @Override
                public boolean hasNext() {
                    backend.requireOpen();
                    return keys.hasNext();
                }

                @Override
                public Map.Entry<U, V> next() {
                    byte[] key = keys.next();
                    last = key;
                    return new AbstractMap.SimpleEntry<>(userKey(key, prefixLength), at(key)) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public V setValue(V value) {
                            table.entries.put(key, value);
                            return super.setValue(value);
                        }
                    };
                }

                @Override
                public void remove() {
                    backend.requireOpen();
                    if (last == null) {
                        throw new IllegalStateException("next was not called");
                    }
                    table.entries.remove(last);
                    last = null;
                }
            };
        }

        private U userKey(byte[] key, int prefixLength) {
            try {
                return mapKey.read(
                        new BytesInput().wrap(key, prefixLength, key.length - prefixLength));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Iterable<Map.Entry<U, V>> entries() {
            return this::iterator;
        }

        @Override
        public Iterable<U> keys() {
            return () -> new Part<>(iterator(), Map.Entry::getKey);
        }

        @Override
        public Iterable<V> values() {
            return () -> new Part<>(iterator(), Map.Entry::getValue);
        }
    }

    /** One part of each entry. */
    private record Part<E, T>(Iterator<E> entries, java.util.function.Function<E, T> part)
            implements Iterator<T> {
        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public T next() {
            return part.apply(entries.next());
        }

        @Override
        public void remove() {
            entries.remove();
        }
    }
}
