package io.holdfast.runtime.handover;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.state.Expiry;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.KeyedStates;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.TimerQueue;
import io.holdfast.spi.state.VoidNamespace;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A state as operators and functions hold it, whichever backend has its entries now.
 *
 * @param <K> type of the keys
 * @param <S> type of the state in a backend
 */
abstract sealed class Rebound<K, S> {

    /** How many entries of one key are compared at most. */
    private static final int ENTRIES = 16;

    /** Asks a backend for the state. */
    interface Opener<K, S> {
        S open(KeyedStates<K> states);
    }

    private final Opener<K, S> opener;
    private Optional<Naming> expiring = Optional.empty();
    S state;

    /** Which of the values may be dropped, and the state's name. */
    private record Naming(String name, Expiry<?> expiry) {
        boolean tell(KeyedStateBackend<?> backend) {
            return backend.expire(name, expiry);
        }
    }

    private Rebound(Opener<K, S> opener, S state) {
        this.opener = opener;
        this.state = state;
    }

    /** The same state in another backend; nothing changes yet. */
    final S in(KeyedStateBackend<K> successor) {
        S opened = opener.open(successor);
        expiring.ifPresent(naming -> naming.tell(successor));
        return opened;
    }

    /** Says which values may be dropped, to this backend and to its successors. */
    final void expire(KeyedStateBackend<K> backend, String name, Expiry<?> expiry) {
        Naming naming = new Naming(name, expiry);
        naming.tell(backend);
        expiring = Optional.of(naming);
    }

    /** Tells whether a snapshot may lack values that are there. */
    final boolean lacksValuesInSnapshots() {
        return expiring.isPresent() && expiring.get().expiry().leftOutOfSnapshots();
    }

    /** Means the state of another backend from now on. */
    @SuppressWarnings("unchecked") // it came from in()
    final void bind(Object other) {
        state = (S) other;
        restorePlace();
    }

    /** Chooses the namespace that the job chose last. */
    void restorePlace() {}

    /** Tells whether its entries can be found by keys alone, and compared. */
    boolean hasKeys() {
        return false;
    }

    /** Remembers something of what the current key has here. */
    abstract Predicate<Object> probe();

    /**
     * A value that is expected. The same bytes are the same value; and so are equal values of other
     * bytes, since sets and maps may be written in any order.
     */
    private static final class Expected<T> {
        private final Serializer<T> serializer;
        private final T value;
        private final byte[] bytes;

        Expected(Serializer<T> serializer, T value) {
            this.serializer = serializer;
            this.value = value == null ? null : serializer.copy(value);
            this.bytes = bytes(value);
        }

        private byte[] bytes(T written) {
            if (written == null) {
                return new byte[0];
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                serializer.write(written, new DataOutputStream(out));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return out.toByteArray();
        }

        boolean is(T found) {
            return (found == null) == (value == null)
                    && (Arrays.equals(bytes, bytes(found)) || Objects.equals(value, found));
        }
    }

    /** With namespaces. */
    private abstract static sealed class InNamespace<K, N, S extends Namespaced<N>>
            extends Rebound<K, S> implements Namespaced<N> {
        private final boolean plain;
        private N namespace;

        InNamespace(Opener<K, S> opener, S state, Serializer<N> namespaces) {
            super(opener, state);
            plain = namespaces == (Object) VoidNamespace.SERIALIZER;
        }

        @Override
        public final void setCurrentNamespace(N chosen) {
            namespace = chosen;
            state.setCurrentNamespace(chosen);
        }

        @Override
        final void restorePlace() {
            if (namespace != null) {
                state.setCurrentNamespace(namespace);
            }
        }

        @Override
        final boolean hasKeys() {
            return plain && !lacksValuesInSnapshots();
        }

        @Override
        final Predicate<Object> probe() {
            Predicate<S> holds = holds(plain(state));
            return its -> holds.test(plain(its));
        }

        /** Asked only where the namespaces are void. */
        @SuppressWarnings("unchecked") // it came from in()
        private S plain(Object its) {
            S typed = (S) its;
            typed.setCurrentNamespace((N) VoidNamespace.INSTANCE);
            return typed;
        }

        abstract Predicate<S> holds(S present);
    }

    /** A value. */
    static final class Value<K, N, V> extends InNamespace<K, N, Namespaced.Value<N, V>>
            implements Namespaced.Value<N, V> {
        private final Serializer<V> serializer;

        Value(
                Opener<K, Namespaced.Value<N, V>> opener,
                Namespaced.Value<N, V> state,
                Serializer<N> namespaces,
                ValueStateDescriptor<V> descriptor) {
            super(opener, state, namespaces);
            serializer = descriptor.serializer();
        }

        @Override
        public V value() {
            return state.value();
        }

        @Override
        public void update(V value) {
            state.update(value);
        }

        @Override
        public void clear() {
            state.clear();
        }

        @Override
        Predicate<Namespaced.Value<N, V>> holds(Namespaced.Value<N, V> present) {
            Expected<V> expected = new Expected<>(serializer.duplicate(), present.value());
            return its -> expected.is(its.value());
        }
    }

    /** A list. */
    static final class ListOf<K, N, T> extends InNamespace<K, N, Namespaced.ListOf<N, T>>
            implements Namespaced.ListOf<N, T> {
        private final Serializer<T> serializer;

        ListOf(
                Opener<K, Namespaced.ListOf<N, T>> opener,
                Namespaced.ListOf<N, T> state,
                Serializer<N> namespaces,
                ListStateDescriptor<T> descriptor) {
            super(opener, state, namespaces);
            serializer = descriptor.serializer();
        }

        @Override
        public Iterable<T> get() {
            return state.get();
        }

        @Override
        public void add(T value) {
            state.add(value);
        }

        @Override
        public void addAll(List<T> values) {
            state.addAll(values);
        }

        @Override
        public void update(List<T> values) {
            state.update(values);
        }

        @Override
        public void clear() {
            state.clear();
        }

        @Override
        public void mergeNamespaces(N target, Collection<N> sources) {
            state.mergeNamespaces(target, sources);
        }

        @Override
        Predicate<Namespaced.ListOf<N, T>> holds(Namespaced.ListOf<N, T> present) {
            Serializer<T> own = serializer.duplicate();
            List<Expected<T>> expected =
                    first(present).stream().map(each -> new Expected<>(own, each)).toList();
            return its -> {
                List<T> found = first(its);
                return found.size() == expected.size()
                        && IntStream.range(0, found.size())
                                .allMatch(i -> expected.get(i).is(found.get(i)));
            };
        }

        private static <T> List<T> first(ListState<T> list) {
            List<T> elements = new ArrayList<>();
            Iterable<T> present = list.get();
            if (present != null) {
                Iterator<T> all = present.iterator();
                while (elements.size() < ENTRIES && all.hasNext()) {
                    elements.add(all.next());
                }
            }
            return elements;
        }
    }

    /** A map. */
    static final class MapOf<K, N, U, V> extends InNamespace<K, N, Namespaced.MapOf<N, U, V>>
            implements Namespaced.MapOf<N, U, V> {
        private final Serializer<U> keySerializer;
        private final Serializer<V> serializer;

        MapOf(
                Opener<K, Namespaced.MapOf<N, U, V>> opener,
                Namespaced.MapOf<N, U, V> state,
                Serializer<N> namespaces,
                MapStateDescriptor<U, V> descriptor) {
            super(opener, state, namespaces);
            keySerializer = descriptor.keySerializer();
            serializer = descriptor.serializer();
        }

        @Override
        public V get(U key) {
            return state.get(key);
        }

        @Override
        public void put(U key, V value) {
            state.put(key, value);
        }

        @Override
        public void putAll(Map<U, V> entries) {
            state.putAll(entries);
        }

        @Override
        public void remove(U key) {
            state.remove(key);
        }

        @Override
        public boolean contains(U key) {
            return state.contains(key);
        }

        @Override
        public Iterable<Map.Entry<U, V>> entries() {
            return state.entries();
        }

        @Override
        public Iterable<U> keys() {
            return state.keys();
        }

        @Override
        public Iterable<V> values() {
            return state.values();
        }

        @Override
        public Iterator<Map.Entry<U, V>> iterator() {
            return state.iterator();
        }

        @Override
        public boolean isEmpty() {
            return state.isEmpty();
        }

        @Override
        public void clear() {
            state.clear();
        }

        @Override
        Predicate<Namespaced.MapOf<N, U, V>> holds(Namespaced.MapOf<N, U, V> present) {
            Serializer<V> own = serializer.duplicate();
            List<Map.Entry<U, Expected<V>>> expected = new ArrayList<>();
            Iterator<Map.Entry<U, V>> all = present.iterator();
            while (expected.size() < ENTRIES && all.hasNext()) {
                Map.Entry<U, V> entry = all.next();
                expected.add(
                        new SimpleImmutableEntry<>(
                                keySerializer.copy(entry.getKey()),
                                new Expected<>(own, entry.getValue())));
            }
            return its ->
                    expected.stream()
                            .allMatch(
                                    entry ->
                                            its.contains(entry.getKey())
                                                    && entry.getValue()
                                                            .is(its.get(entry.getKey())));
        }
    }

    /** A combination. */
    static final class Reducing<K, N, T> extends InNamespace<K, N, Namespaced.Reducing<N, T>>
            implements Namespaced.Reducing<N, T> {
        private final Serializer<T> serializer;

        Reducing(
                Opener<K, Namespaced.Reducing<N, T>> opener,
                Namespaced.Reducing<N, T> state,
                Serializer<N> namespaces,
                ReducingStateDescriptor<T> descriptor) {
            super(opener, state, namespaces);
            serializer = descriptor.serializer();
        }

        @Override
        public T get() {
            return state.get();
        }

        @Override
        public void add(T value) {
            state.add(value);
        }

        @Override
        public void clear() {
            state.clear();
        }

        @Override
        public void mergeNamespaces(N target, Collection<N> sources) {
            state.mergeNamespaces(target, sources);
        }

        @Override
        Predicate<Namespaced.Reducing<N, T>> holds(Namespaced.Reducing<N, T> present) {
            Expected<T> expected = new Expected<>(serializer.duplicate(), present.get());
            return its -> expected.is(its.get());
        }
    }

    /** An accumulator. */
    static final class Aggregating<K, N, I, A, O>
            extends InNamespace<K, N, Namespaced.Aggregating<N, I, O>>
            implements Namespaced.Aggregating<N, I, O> {

        Aggregating(
                Opener<K, Namespaced.Aggregating<N, I, O>> opener,
                Namespaced.Aggregating<N, I, O> state,
                Serializer<N> namespaces,
                AggregatingStateDescriptor<I, A, O> descriptor) {
            super(opener, state, namespaces);
        }

        @Override
        public O get() {
            return state.get();
        }

        @Override
        public void add(I value) {
            state.add(value);
        }

        @Override
        public void clear() {
            state.clear();
        }

        @Override
        public void mergeNamespaces(N target, Collection<N> sources) {
            state.mergeNamespaces(target, sources);
        }

        /** Results have no serializer and may have no equality: only whether there is one. */
        @Override
        Predicate<Namespaced.Aggregating<N, I, O>> holds(Namespaced.Aggregating<N, I, O> present) {
            boolean expected = present.get() != null;
            return its -> (its.get() != null) == expected;
        }
    }

    /** Timers. */
    static final class Timers<K, N> extends Rebound<K, TimerQueue<K, N>>
            implements TimerQueue<K, N> {

        Timers(Opener<K, TimerQueue<K, N>> opener, TimerQueue<K, N> state) {
            super(opener, state);
        }

        @Override
        public boolean add(long time, N namespace) {
            return state.add(time, namespace);
        }

        @Override
        public boolean remove(long time, N namespace) {
            return state.remove(time, namespace);
        }

        @Override
        public boolean isEmpty() {
            return state.isEmpty();
        }

        @Override
        public long nextTime() {
            return state.nextTime();
        }

        @Override
        public Timer<K, N> poll() {
            return state.poll();
        }

        @Override
        @SuppressWarnings("unchecked") // it came from in()
        Predicate<Object> probe() {
            boolean empty = state.isEmpty();
            long next = state.nextTime();
            return its ->
                    ((TimerQueue<K, N>) its).isEmpty() == empty
                            && ((TimerQueue<K, N>) its).nextTime() == next;
        }
    }
}
