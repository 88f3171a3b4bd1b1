package io.holdfast.backend.hashmap;

import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.toolkit.io.BytesInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * The entries of one state, each with one content, in a {@link PagedTable}. Remembers where the
 * entry of the current key and namespace is, so that reading and then storing searches once.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 * @param <C> type of the content, never null
 * @param <P> kind of the pages
 */
abstract sealed class Entries<K, N, C, P extends Page<P>> permits ObjectEntries, LongEntries {
    private static final long NEVER = -1;

    final CurrentKey<K> keys;
    final Epochs epochs;
    final PagedTable<P> table;
    private final String name;

    /** When the search was made whose result follows. */
    private long turn = NEVER;

    int group;
    int hash;
    P page;
    int slot;

    Entries(TableState.Parts<K, N, C> parts, PagedTable.PageMaker<P> pages) {
        this.keys = parts.keys();
        this.epochs = parts.epochs();
        this.name = parts.schema().name();
        this.table = new PagedTable<>(epochs, keys.range().size(), pages);
    }

    /** Chooses the namespace. */
    abstract void setCurrentNamespace(N next);

    /** The namespace of now; null if none was chosen, or if there is only one. */
    abstract N namespace();

    /** Sets {@link #hash}, {@link #page} and {@link #slot} for a key and the namespace of now. */
    abstract void search(K key);

    /** The same for an entry in {@link #group} whose key and namespace need not be those of now. */
    abstract void searchAny(K key, N namespace);

    /** The content in {@link #slot}. */
    abstract C read();

    /** Puts a content into {@link #slot}, which may be written. */
    abstract void write(C content, int held);

    /** Puts key and namespace into {@link #slot}. */
    abstract void fill(K key, N namespace);

    /** Tells whether a snapshot may have the content found last. Only right after it was found. */
    abstract boolean isShared();

    /** The entries as a snapshot fixes them. */
    abstract FrozenState<K> freeze(TableState.Parts<K, N, C> parts);

    /** The key of a used slot if its namespace is the one that is wanted, else null. */
    abstract K key(P from, int at, Object wanted);

    final String name() {
        return name;
    }

    final void forget() {
        turn = NEVER;
    }

    final int locate() {
        if (turn != keys.turn()) {
            K key = keys.require(name);
            group = keys.group();
            search(key);
            turn = keys.turn();
        }
        return slot;
    }

    /** The content of the current entry as it is, or null if there is no entry. */
    final C content() {
        return locate() < 0 ? null : read();
    }

    /** Stores the content of the current entry. */
    final void put(C content) {
        int held = epochs.newestHeld();
        if (locate() < 0) {
            claim(keys.key(), namespace());
        } else if (page.epoch <= held) {
            page = table.writable(group, hash);
        }
        write(content, held);
    }

    private void claim(K key, N namespace) {
        page = table.roomFor(group, hash);
        slot = page.claim(hash);
        fill(key, namespace);
    }

    /** Removes the current entry. */
    final void clear() {
        if (locate() >= 0) {
            table.remove(group, hash, slot);
            slot = -1;
        }
    }

    /** Removes the entry at a place if its content is still the one given. */
    final void removeAt(TableState.Place<K, N> place, C expected) {
        group = place.group();
        searchAny(place.key(), place.namespace());
        if (slot >= 0 && read() == expected) {
            table.remove(group, hash, slot);
        }
        forget();
    }

    /** Takes over a restored entry, which may be a part of a content that is there already. */
    final void restore(
            int inGroup,
            K key,
            N namespace,
            ContentCodec<C> reader,
            BytesInput keyRest,
            BytesInput value)
            throws IOException {
        group = inGroup;
        searchAny(key, namespace);
        C before = slot < 0 ? null : read();
        C after = reader.read(before, keyRest, value);
        if (before == null) {
            claim(key, namespace);
            write(after, Epochs.NONE);
        }
        forget();
    }

    /** The keys that have an entry in a namespace. */
    final CloseableIterator<K> keys(Object inNamespace) {
        return CloseableIterator.over(new KeyIterator(inNamespace));
    }

    /**
     * Collects the keys of one page at a time and goes on by hash, not by cell: pages may be split,
     * dropped or copied in between, but what has a smaller hash has been seen.
     */
    private final class KeyIterator implements Iterator<K> {
        private final Object wanted;
        private final Queue<K> found = new ArrayDeque<>();
        private int atGroup;
        private long position;

        KeyIterator(Object wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean hasNext() {
            while (found.isEmpty() && atGroup < table.groupCount()) {
                PageDirectory<P> directory = table.directory(atGroup);
                if (directory == null || position > Integer.MAX_VALUE) {
                    atGroup++;
                    position = 0;
                } else {
                    int cell = directory.cell((int) position);
                    collect(directory.at(cell));
                    position = directory.end(cell);
                }
            }
            return !found.isEmpty();
        }

        private void collect(P from) {
            if (from == null) {
                return;
            }
            for (int each = 0; each < from.capacity(); each++) {
                if (from.isUsed(each) && from.hash(each) >= position) {
                    K key = key(from, each, wanted);
                    if (key != null) {
                        found.add(key);
                    }
                }
            }
        }

        @Override
        public K next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return found.remove();
        }
    }

    final void release() {
        table.release();
        page = null;
    }
}
