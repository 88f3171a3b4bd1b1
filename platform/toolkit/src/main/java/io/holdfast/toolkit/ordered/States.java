package io.holdfast.toolkit.ordered;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The kinds of state that have one entry for each key and namespace. */
final class States {

    private States() {}

    /** A value. */
    static final class Value<N, V> extends Cell<N, V> implements Namespaced.Value<N, V> {
        private final ValueStateDescriptor<V> descriptor;

        Value(OrderedBackend<?> backend, Slot slot, ValueStateDescriptor<V> descriptor) {
            super(backend, slot);
            this.descriptor = descriptor;
        }

        @Override
        public V value() {
            V stored = read(entry());
            return stored == null ? descriptor.defaultValue() : stored;
        }

        @Override
        public void update(V value) {
            write(entry(), value);
        }

        @Override
        public void clear() {
            store.remove(entry());
        }
    }

    /** A list: one entry for all elements. */
    static final class ListOf<N, T> extends Cell<N, T> implements Namespaced.ListOf<N, T> {

        ListOf(OrderedBackend<?> backend, Slot slot) {
            super(backend, slot);
        }

        @Override
        public Iterable<T> get() {
            byte[] bytes = store.get(entry());
            return bytes == null ? List.of() : codec.readList(bytes);
        }

        @Override
        public void add(T value) {
            addAll(List.of(requireValue(value)));
        }

        @Override
        public void addAll(List<T> values) {
            byte[] entry = entry();
            if (!values.isEmpty()) {
                store.put(entry, codec.append(store.get(entry), values));
            }
        }

        @Override
        public void update(List<T> values) {
            byte[] entry = entry();
            if (values.isEmpty()) {
                store.remove(entry);
            } else {
                store.put(entry, codec.append(null, values));
            }
        }

        @Override
        public void clear() {
            store.remove(entry());
        }

        @Override
        public void mergeNamespaces(N target, Collection<N> sources) {
            byte[] merged = store.get(entry(target));
            for (N source : new LinkedHashSet<>(sources)) {
                byte[] entry = entry(source);
                byte[] bytes = store.get(entry);
                if (bytes != null) {
                    merged = codec.append(merged, codec.readList(bytes));
                    store.remove(entry);
                }
            }
            if (merged != null) {
                store.put(entry(target), merged);
            }
        }
    }

    /** What is combined by a function: two values, or two accumulators, become one. */
    private abstract static class Combined<N, T> extends Cell<N, T> {

        Combined(OrderedBackend<?> backend, Slot slot) {
            super(backend, slot);
        }

        /** Combines two; the second one came later. */
        abstract T combine(T first, T second);

        public void clear() {
            store.remove(entry());
        }

        public void mergeNamespaces(N target, Collection<N> sources) {
            T merged = read(entry(target));
            LinkedHashSet<N> distinct = new LinkedHashSet<>(sources);
            for (N source : distinct) {
                T content = read(entry(source));
                if (content != null) {
                    merged = merged == null ? content : combine(merged, content);
                }
            }
            for (N source : distinct) {
                store.remove(entry(source));
            }
            if (merged != null) {
                write(entry(target), merged);
            }
        }
    }

    /** A reducing state. */
    static final class Reducing<N, T> extends Combined<N, T> implements Namespaced.Reducing<N, T> {
        private final ReduceFunction<T> function;

        Reducing(OrderedBackend<?> backend, Slot slot, ReduceFunction<T> function) {
            super(backend, slot);
            this.function = function;
        }

        @Override
        public T get() {
            return read(entry());
        }

        @Override
        public void add(T value) {
            byte[] entry = entry();
            T before = read(entry);
            write(
                    entry,
                    before == null ? requireValue(value) : combine(before, requireValue(value)));
        }

        @Override
        T combine(T first, T second) {
            try {
                return function.reduce(first, second);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw backend.refusals.functionFailed(slot.schema.name(), e);
            }
        }
    }

    /** An aggregating state. */
    static final class Aggregating<N, I, A, O> extends Combined<N, A>
            implements Namespaced.Aggregating<N, I, O> {
        private final AggregateFunction<I, A, O> function;

        Aggregating(OrderedBackend<?> backend, Slot slot, AggregateFunction<I, A, O> function) {
            super(backend, slot);
            this.function = function;
        }

        @Override
        public O get() {
            A stored = read(entry());
            return stored == null ? null : function.getResult(stored);
        }

        @Override
        public void add(I value) {
            byte[] entry = entry();
            A before = read(entry);
            A accumulator = before == null ? function.createAccumulator() : before;
            write(entry, function.add(requireValue(value), accumulator));
        }

        @Override
        A combine(A first, A second) {
            return function.merge(first, second);
        }
    }
}
