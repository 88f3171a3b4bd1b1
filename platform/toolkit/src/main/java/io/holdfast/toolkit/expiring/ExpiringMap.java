package io.holdfast.toolkit.expiring;

import io.holdfast.spi.state.Namespaced;
import java.util.AbstractMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** A map whose entries expire one by one. */
final class ExpiringMap<N, U, V> implements Namespaced.MapOf<N, U, V> {
    private final Namespaced.MapOf<N, U, Timed<V>> stored;
    private final Use<V> use;

    ExpiringMap(Namespaced.MapOf<N, U, Timed<V>> stored, Use<V> use) {
        this.stored = stored;
        this.use = use;
    }

    @Override
    public void setCurrentNamespace(N namespace) {
        stored.setCurrentNamespace(namespace);
    }

    /** Reads an entry, which counts as reading; null if there is none to be seen. */
    private Timed<V> read(U key) {
        use.count();
        Timed<V> timed = stored.get(key);
        if (timed == null) {
            return null;
        }
        long now = use.lifetime().time();
        if (use.lifetime().isExpired(timed, now)) {
            stored.remove(key);
        } else {
            Timed<V> renewed = use.lifetime().renewed(timed, now);
            if (renewed != null) {
                stored.put(key, renewed);
            }
        }
        return use.lifetime().isSeen(timed, now) ? timed : null;
    }

    @Override
    public V get(U key) {
        Timed<V> timed = read(key);
        return timed == null ? null : timed.value();
    }

    @Override
    public boolean contains(U key) {
        return read(key) != null;
    }

    @Override
    public void put(U key, V value) {
        use.count();
        stored.put(key, use.lifetime().stored(value));
    }

    @Override
    public void putAll(Map<U, V> entries) {
        use.count();
        long now = use.lifetime().time();
        Map<U, Timed<V>> timed = new LinkedHashMap<>();
        entries.forEach((key, value) -> timed.put(key, new Timed<>(now, value)));
        stored.putAll(timed);
    }

    @Override
    public void remove(U key) {
        use.count();
        stored.remove(key);
    }

    @Override
    public void clear() {
        use.count();
        stored.clear();
    }

    /** Looks for an entry without reading it; removes those before it that have expired. */
    @Override
    public boolean isEmpty() {
        use.count();
        long now = use.lifetime().time();
        Iterator<Map.Entry<U, Timed<V>>> all = stored.iterator();
        while (all.hasNext()) {
            Timed<V> timed = all.next().getValue();
            if (use.lifetime().isSeen(timed, now)) {
                return false;
            }
            all.remove();
        }
        return true;
    }

    @Override
    public Iterator<Map.Entry<U, V>> iterator() {
        return new Part<>(entry -> entry);
    }

    @Override
    public Iterable<Map.Entry<U, V>> entries() {
        return this::iterator;
    }

    @Override
    public Iterable<U> keys() {
        return () -> new Part<>(Map.Entry::getKey);
    }

    @Override
    public Iterable<V> values() {
        return () -> new Part<>(Map.Entry::getValue);
    }

    /**
     * Goes from entry to entry and gives a part of each. It finds the next one by stepping onto it,
     * so that what is to happen to the one given last happens before: what has expired is removed.
     */
    private final class Part<T> implements Iterator<T> {
        private final Function<Map.Entry<U, V>, T> part;
        private Iterator<Map.Entry<U, Timed<V>>> all = stored.iterator();
        private Map.Entry<U, Timed<V>> next;
        private Handed given;
        private boolean steppedOn;

        Part(Function<Map.Entry<U, V>, T> part) {
            this.part = part;
            use.count();
        }

        @Override
        public boolean hasNext() {
            if (next != null) {
                return true;
            }
            if (!steppedOn && given != null && given.goes) {
                all.remove();
            }
            steppedOn = true;
            long now = use.lifetime().time();
            while (all.hasNext()) {
                Map.Entry<U, Timed<V>> entry = all.next();
                if (use.lifetime().isSeen(entry.getValue(), now)) {
                    next = entry;
                    return true;
                }
                all.remove();
            }
            return false;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Timed<V> timed = next.getValue();
            long now = use.lifetime().time();
            boolean expired = use.lifetime().isExpired(timed, now);
            Timed<V> renewed = expired ? null : use.lifetime().renewed(timed, now);
            if (renewed != null) {
                next.setValue(renewed);
            }
            given = new Handed(next, timed.value(), expired);
            steppedOn = false;
            next = null;
            return part.apply(given);
        }

        @Override
        public void remove() {
            if (given == null) {
                throw new IllegalStateException("next was not called");
            }
            if (steppedOn) {
                stored.remove(given.getKey());
                findAgain();
            } else {
                all.remove();
            }
            given = null;
        }

        /** Steps onto the next entry once more, after one behind was removed. */
        private void findAgain() {
            U wanted = next == null ? null : next.getKey();
            all = stored.iterator();
            next = null;
            while (wanted == null ? all.hasNext() : next == null) {
                Map.Entry<U, Timed<V>> entry = all.next();
                next = entry.getKey().equals(wanted) ? entry : null;
            }
        }
    }

    /** An entry as it was given out; writes through. */
    private final class Handed extends AbstractMap.SimpleEntry<U, V> {
        private static final long serialVersionUID = 1L;

        private final transient Map.Entry<U, Timed<V>> entry;

        /** Whether it has expired and goes when the next one is looked for. */
        private boolean goes;

        Handed(Map.Entry<U, Timed<V>> entry, V value, boolean goes) {
            super(entry.getKey(), value);
            this.entry = entry;
            this.goes = goes;
        }

        @Override
        public V setValue(V value) {
            entry.setValue(use.lifetime().stored(value));
            goes = false;
            return super.setValue(value);
        }
    }
}
