package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.MapForm;
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
final class HeapMap<K, N, U, V, C> extends TableState<K, N, C>
        implements Namespaced.MapOf<N, U, V> {
    private final Serializer<V> value;
    private final MapForm<U, V, C> form;

    HeapMap(Parts<K, N, C> parts, Serializer<V> value, MapForm<U, V, C> form) {
        super(parts);
        this.value = value;
        this.form = form;
    }

    /** The map of the current entry, which exists, in a form that no snapshot has. */
    private C owned() {
        C map = content();
        if (!isShared()) {
            return map;
        }
        C own = form.copy(map);
        putEqual(own);
        return own;
    }

    @Override
    public V get(U key) {
        C map = content();
        int slot = map == null || key == null ? -1 : form.find(map, key);
        if (slot < 0) {
            return null;
        }
        return form.inNumbers() || epochs().newestHeld() == Epochs.NONE
                ? form.value(map, slot)
                : handOut(map, slot);
    }

    /** The value in a slot, for code that may change it, while a snapshot is held. */
    private V handOut(C map, int slot) {
        V found = form.value(map, slot);
        V own = found == null ? null : value.copy(found);
        if (own != found) {
            form.setValue(owned(), slot, own);
        }
        return own;
    }

    @Override
    public void put(U key, V newValue) {
        requireKey(key);
        C map = content();
        if (map != null && epochs().newestHeld() == Epochs.NONE) {
            C after = form.put(map, key, newValue);
            if (after == map) {
                changed();
            } else {
                put(after);
            }
        } else {
            put(form.put(changeable(map), key, newValue));
        }
    }

    private void requireKey(U key) {
        if (key == null) {
            throw Refusals.nullElement(owner(), name());
        }
    }

    /** A map to change and store, in place of the one found last, or of none. */
    private C changeable(C map) {
        if (map == null) {
            return form.empty();
        }
        return isShared() ? form.copy(map) : map;
    }

    @Override
    public void putAll(Map<U, V> entries) {
        if (entries.isEmpty()) {
            return;
        }
        entries.keySet().forEach(this::requireKey);
        C map = changeable(content());
        for (Map.Entry<U, V> entry : entries.entrySet()) {
            map = form.put(map, entry.getKey(), entry.getValue());
        }
        put(map);
    }

    @Override
    public void remove(U key) {
        C map = content();
        int slot = map == null || key == null ? -1 : form.find(map, key);
        if (slot < 0) {
            return;
        }
        if (form.size(map) == 1) {
            clear();
        } else {
            put(form.remove(changeable(map), slot));
        }
    }

    @Override
    public boolean contains(U key) {
        C map = content();
        return map != null && key != null && form.find(map, key) >= 0;
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
                        return form.key(view.map, slot);
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
        private final C map = owned();
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
            V present = form.value(map, slot);
            if (present == null || epochs().newestHeld() == Epochs.NONE) {
                return present;
            }
            V own = value.copy(present);
            if (own != present) {
                form.setValue(map, slot, own);
            }
            return own;
        }

        /** Replaces the value of a key, in whatever has taken the map's place. */
        void setValue(U key, V newValue) {
            expectSameEpoch();
            C present = contentAt(place);
            int slot = present == null ? -1 : form.find(present, key);
            if (slot < 0) {
                throw new ConcurrentModificationException("the entry was removed meanwhile");
            }
            form.setValue(present, slot, newValue);
            changedAt(place, present);
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
            this.changes = form.changes(view.map);
            this.next = form.next(view.map, -1);
        }

        /** What is given out for the entry in a slot. */
        abstract T at(int slot);

        private void expectUnchanged() {
            if (form.changes(view.map) != changes) {
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
            next = form.next(view.map, last);
            return at(last);
        }

        @Override
        public void remove() {
            if (last < 0) {
                throw new IllegalStateException("next() comes first, then one remove()");
            }
            view.expectSameEpoch();
            expectUnchanged();
            form.removeAt(view.map, last);
            changes = form.changes(view.map);
            last = -1;
            if (form.size(view.map) == 0) {
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
        private final long valueBits;
        private V value;
        private boolean hasValueBits;

        Handed(View view, int slot) {
            this.view = view;
            this.keyBits = form.keyBits(view.map, slot);
            this.valueBits = form.valueBits(view.map, slot);
            this.key = form.inNumbers() ? null : form.key(view.map, slot);
            this.hasValueBits = form.inNumbers() && !form.isNull(view.map, slot);
            if (hasValueBits) {
                view.expectSameEpoch();
            } else {
                this.value = view.handOut(slot);
            }
        }

        @Override
        public U getKey() {
            return form.inNumbers() ? form.keyOf(keyBits) : key;
        }

        @Override
        public V getValue() {
            return hasValueBits ? form.valueOf(valueBits) : value;
        }

        @Override
        public V setValue(V newValue) {
            view.setValue(getKey(), newValue);
            V before = getValue();
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
