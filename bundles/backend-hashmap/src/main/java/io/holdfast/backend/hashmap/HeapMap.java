package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.spi.state.Namespaced;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A map state: the content of an entry is a map, never empty. While a snapshot is held, the first
 * change of a map copies it (its references, not its values); values that may be changed are copied
 * as they are given out.
 */
final class HeapMap<K, N, U, V> extends TableState<K, N, HashMap<U, V>>
        implements Namespaced.MapOf<N, U, V> {
    private final Serializer<V> value;

    HeapMap(Parts<K, N, HashMap<U, V>> parts, Serializer<V> value) {
        super(parts);
        this.value = value;
    }

    /** The map of the current entry, made if there is none, in a form that may be changed. */
    private HashMap<U, V> changeable() {
        HashMap<U, V> map = content();
        if (map != null && !isShared()) {
            return map;
        }
        HashMap<U, V> own = map == null ? new HashMap<>(4) : new HashMap<>(map);
        put(own);
        return own;
    }

    @Override
    public V get(U key) {
        HashMap<U, V> map = content();
        V found = map == null ? null : map.get(key);
        if (found == null || epochs().newestHeld() == Epochs.NONE) {
            return found;
        }
        V own = value.copy(found);
        if (own != found) {
            changeable().put(key, own);
        }
        return own;
    }

    @Override
    public void put(U key, V newValue) {
        changeable().put(checked(key), newValue);
    }

    private U checked(U key) {
        if (key == null) {
            throw Refusals.nullElement(owner(), name());
        }
        return key;
    }

    @Override
    public void putAll(Map<U, V> entries) {
        if (!entries.isEmpty()) {
            entries.keySet().forEach(this::checked);
            changeable().putAll(entries);
        }
    }

    @Override
    public void remove(U key) {
        HashMap<U, V> map = content();
        if (map == null || !map.containsKey(key)) {
            return;
        }
        if (map.size() == 1) {
            clear();
        } else {
            changeable().remove(key);
        }
    }

    @Override
    public boolean contains(U key) {
        HashMap<U, V> map = content();
        return map != null && map.containsKey(key);
    }

    @Override
    public boolean isEmpty() {
        return content() == null;
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return content() == null ? List.of() : new View<>(Handed::new);
    }

    @Override
    public Iterable<U> keys() {
        return content() == null ? List.of() : new View<>((view, entry) -> entry.getKey());
    }

    @Override
    public Iterable<V> values() {
        return content() == null ? List.of() : new View<>(View::handOut);
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        return entries().iterator();
    }

    /**
     * One of the three views of the current entry's map, for one epoch: when the next snapshot
     * fixes the map, a view of it must not write any more.
     */
    private final class View<T> implements Iterable<T> {
        private final HashMap<U, V> map = changeable();
        private final Place<K, N> place = place();
        private final int epoch = epochs().current();
        private final BiFunction<View<T>, Map.Entry<U, V>, T> part;

        View(BiFunction<View<T>, Map.Entry<U, V>, T> part) {
            this.part = part;
        }

        void expectSameEpoch() {
            expectOpen();
            if (epochs().current() != epoch) {
                throw new ConcurrentModificationException("a snapshot was taken since");
            }
        }

        V handOut(Map.Entry<U, V> entry) {
            expectSameEpoch();
            V present = entry.getValue();
            if (present == null || epochs().newestHeld() == Epochs.NONE) {
                return present;
            }
            V own = value.copy(present);
            if (own != present) {
                entry.setValue(own);
            }
            return own;
        }

        @Override
        public Iterator<T> iterator() {
            Iterator<Map.Entry<U, V>> all = map.entrySet().iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return all.hasNext();
                }

                @Override
                public T next() {
                    return part.apply(View.this, all.next());
                }

                @Override
                public void remove() {
                    expectSameEpoch();
                    all.remove();
                    if (map.isEmpty()) {
                        removeAt(place, map);
                    }
                }
            };
        }
    }

    /** An entry that writes through as long as its view may. */
    private final class Handed implements Map.Entry<U, V> {
        private final View<?> view;
        private final Map.Entry<U, V> entry;

        Handed(View<?> view, Map.Entry<U, V> entry) {
            this.view = view;
            this.entry = entry;
        }

        @Override
        public U getKey() {
            return entry.getKey();
        }

        @Override
        public V getValue() {
            return view.handOut(entry);
        }

        @Override
        public V setValue(V newValue) {
            view.expectSameEpoch();
            return entry.setValue(newValue);
        }

        @Override
        public boolean equals(Object other) {
            return entry.equals(other);
        }

        @Override
        public int hashCode() {
            return entry.hashCode();
        }

        @Override
        public String toString() {
            return entry.toString();
        }
    }
}
