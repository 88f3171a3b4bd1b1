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

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        if (content() == null) {
            return List.of();
        }
        View view = new View();
        return () ->
                new Slots<Map.Entry<U, V>>(view) {
                    @Override
                    Map.Entry<U, V> at(int slot) {
                        return new Handed(view, slot);
                    }
                };
    }

    @Override
    public Iterable<U> keys() {
        if (content() == null) {
            return List.of();
        }
        View view = new View();
        return () ->
                new Slots<U>(view) {
                    @Override
                    U at(int slot) {
                        return view.map.key(slot);
                    }
                };
    }

    @Override
    public Iterable<V> values() {
        if (content() == null) {
            return List.of();
        }
        View view = new View();
        return () ->
                new Slots<V>(view) {
                    @Override
                    V at(int slot) {
                        return view.handOut(slot);
                    }
                };
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        return entries().iterator();
    }

    /**
     * What an iterable of the current entry's map sees, for one epoch: when the next snapshot fixes
     * the map, nothing handed out before may write any more.
     */
    private final class View {
        private final PageMap<U, V> map = owned();
        private final Place<K, N> place = place();
        private final int epoch = epochs().current();

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
    }

    /** Goes through the slots of a view's map. */
    private abstract class Slots<T> implements Iterator<T> {
        private final View view;
        private int changes;
        private int next;
        private int last = -1;

        Slots(View view) {
            this.view = view;
            this.changes = view.map.changes();
            this.next = view.map.next(-1);
        }

        /** What is given out for the entry in a slot. */
        abstract T at(int slot);

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
            return at(last);
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

    /**
     * An entry as it was given out; it writes through as long as its view may. Numbers become
     * objects when they are asked for.
     */
    private final class Handed implements Map.Entry<U, V> {
        private final View view;
        private final U key;
        private final long keyBits;
        private V value;
        private long valueBits;
        private boolean hasValueBits;

        Handed(View view, int slot) {
            PageMap<U, V> map = view.map;
            this.view = view;
            this.key = map.numericKeys() ? null : map.key(slot);
            this.keyBits = map.numericKeys() ? map.keyBits(slot) : 0;
            this.hasValueBits = map.numericValues();
            if (hasValueBits) {
                view.expectSameEpoch();
                this.valueBits = map.valueBits(slot);
            } else {
                this.value = view.handOut(slot);
            }
        }

        @Override
        public U getKey() {
            return view.map.numericKeys() ? view.map.keyOf(keyBits) : key;
        }

        @Override
        public V getValue() {
            return hasValueBits ? view.map.valueOf(valueBits) : value;
        }

        @Override
        public V setValue(V newValue) {
            view.expectSameEpoch();
            int slot = view.map.find(getKey());
            if (slot < 0) {
                throw new ConcurrentModificationException("the entry was removed meanwhile");
            }
            V before = getValue();
            view.changed();
            view.map.setValue(slot, newValue);
            value = newValue;
            hasValueBits = false;
            return before;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Map.Entry<?, ?> that
                    && getKey().equals(that.getKey())
                    && Objects.equals(getValue(), that.getValue());
        }

        @Override
        public int hashCode() {
            return getKey().hashCode() ^ Objects.hashCode(getValue());
        }

        @Override
        public String toString() {
            return getKey() + "=" + getValue();
        }
    }
}
