package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.PageMap;
import io.holdfast.spi.state.Namespaced;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * A map state: the content of an entry is a map, never empty. While a snapshot is held, the first
 * change of a map copies it (its references, not its values); values that may be changed are copied
 * as they are given out.
 */
final class HeapMap<K, N, U, V> extends TableState<K, N, PageMap<U, V>>
        implements Namespaced.MapOf<N, U, V> {
    private final Serializer<V> value;
    private final PageMap.Kind<U, V> kind;

    HeapMap(Parts<K, N, PageMap<U, V>> parts, Serializer<V> value, PageMap.Kind<U, V> kind) {
        super(parts);
        this.value = value;
        this.kind = kind;
    }

    /** The map of the current entry, made if there is none, to be changed. */
    private PageMap<U, V> changeable() {
        PageMap<U, V> map = content();
        if (map != null && !isShared()) {
            changed();
            return map;
        }
        PageMap<U, V> own = map == null ? new PageMap<>(kind) : map.copy();
        put(own);
        return own;
    }

    /** The map of the current entry, which exists, in a form that no snapshot has. */
    private PageMap<U, V> owned() {
        PageMap<U, V> map = content();
        if (!isShared()) {
            return map;
        }
        PageMap<U, V> own = map.copy();
        putEqual(own);
        return own;
    }

    @Override
    public V get(U key) {
        PageMap<U, V> map = content();
        int slot = map == null || key == null ? -1 : map.find(key);
        V found = slot < 0 ? null : map.value(slot);
        if (found == null || epochs().newestHeld() == Epochs.NONE) {
            return found;
        }
        V own = value.copy(found);
        if (own != found) {
            owned().setValue(slot, own);
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
            PageMap<U, V> map = changeable();
            entries.forEach(map::put);
        }
    }

    @Override
    public void remove(U key) {
        if (!contains(key)) {
            return;
        }
        if (content().size() == 1) {
            clear();
        } else {
            changeable().remove(key);
        }
    }

    @Override
    public boolean contains(U key) {
        PageMap<U, V> map = content();
        return map != null && key != null && map.find(key) >= 0;
    }

    @Override
    public boolean isEmpty() {
        return content() == null;
    }

    /** What a view gives for the entry in a slot. */
    @FunctionalInterface
    private interface Part<K, N, U, V, T> {
        T of(HeapMap<K, N, U, V>.View<T> view, int slot);
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return content() == null ? List.of() : new View<>((view, slot) -> new Handed(view, slot));
    }

    @Override
    public Iterable<U> keys() {
        return content() == null ? List.of() : new View<>((view, slot) -> view.map.key(slot));
    }

    @Override
    public Iterable<V> values() {
        return content() == null ? List.of() : new View<>((view, slot) -> view.handOut(slot));
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
        private final PageMap<U, V> map = owned();
        private final Place<K, N> place = place();
        private final int epoch = epochs().current();
        private final Part<K, N, U, V, T> part;

        View(Part<K, N, U, V, T> part) {
            this.part = part;
        }

        void expectSameEpoch() {
            expectOpen();
            if (epochs().current() != epoch) {
                throw new ConcurrentModificationException("a snapshot was taken since");
            }
        }

        void changed() {
            changedAt(place, map);
        }

        V handOut(int slot) {
            expectSameEpoch();
            V present = map.value(slot);
            if (present == null || epochs().newestHeld() == Epochs.NONE) {
                return present;
            }
            V own = value.copy(present);
            if (own != present) {
                map.setValue(slot, own);
            }
            return own;
        }

        @Override
        public Iterator<T> iterator() {
            return new Slots<>(this);
        }
    }

    /** Goes through the slots of a view's map. */
    private final class Slots<T> implements Iterator<T> {
        private final View<T> view;
        private int changes;
        private int next;
        private int last = -1;

        Slots(View<T> view) {
            this.view = view;
            this.changes = view.map.changes();
            this.next = view.map.next(-1);
        }

        private void expectUnchanged() {
            if (view.map.changes() != changes) {
                throw new ConcurrentModificationException("the map was changed meanwhile");
            }
        }

        @Override
        public boolean hasNext() {
            return next >= 0;
        }

        @Override
        public T next() {
            expectUnchanged();
            if (next < 0) {
                throw new NoSuchElementException();
            }
            last = next;
            next = view.map.next(last);
            return view.part.of(view, last);
        }

        @Override
        public void remove() {
            if (last < 0) {
                throw new IllegalStateException("next() comes first, then one remove()");
            }
            view.expectSameEpoch();
            expectUnchanged();
            view.map.removeAt(last);
            changes = view.map.changes();
            last = -1;
            if (view.map.size() == 0) {
                removeAt(view.place, view.map);
            } else {
                view.changed();
            }
        }
    }

    /** An entry as it was given out; it writes through as long as its view may. */
    private final class Handed implements Map.Entry<U, V> {
        private final View<?> view;
        private final U key;
        private V value;

        Handed(View<?> view, int slot) {
            this.view = view;
            this.key = view.map.key(slot);
            this.value = view.handOut(slot);
        }

        @Override
        public U getKey() {
            return key;
        }

        @Override
        public V getValue() {
            return value;
        }

        @Override
        public V setValue(V newValue) {
            view.expectSameEpoch();
            int slot = view.map.find(key);
            if (slot < 0) {
                throw new ConcurrentModificationException("the entry was removed meanwhile");
            }
            V before = value;
            view.changed();
            view.map.setValue(slot, newValue);
            value = newValue;
            return before;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Map.Entry<?, ?> that
                    && key.equals(that.getKey())
                    && Objects.equals(value, that.getValue());
        }

        @Override
        public int hashCode() {
            return key.hashCode() ^ Objects.hashCode(value);
        }

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }
}
