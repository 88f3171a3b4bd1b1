package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.canonical.StateSchema;
import io.holdfast.toolkit.io.BytesInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.Queue;

/**
 * A state whose entries are in a {@link PagedTable}, each with one object as its content. Remembers
 * where the entry of the current key and namespace is, so that reading and then storing searches
 * once.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 * @param <C> type of the content, never null
 */
abstract class TableState<K, N, C> implements Namespaced<N>, OwnedState<K> {

    /**
     * What a state is made of.
     *
     * @param schema describes it in snapshots
     * @param keys the current key
     * @param epochs tells what snapshots may read
     * @param namespace serializer of the namespaces
     * @param codec writes the content into snapshots
     */
    record Parts<K, N, C>(
            StateSchema schema,
            CurrentKey<K> keys,
            Epochs epochs,
            Serializer<N> namespace,
            ContentCodec<C> codec) {}

    private static final long NEVER = -1;

    private final Parts<K, N, C> parts;
    private final CurrentKey<K> keys;
    private final Epochs epochs;
    private final PagedTable table;

    /** Cells of an entry: key, namespace unless there is only one, content. */
    private final int stride;

    private N namespace;
    private int namespaceCode;

    /** When the search was made whose result follows. */
    private long turn = NEVER;

    private int group;
    private int hash;
    private Page page;
    private int slot;

    TableState(Parts<K, N, C> parts) {
        this.parts = parts;
        this.keys = parts.keys();
        this.epochs = parts.epochs();
        this.stride = parts.namespace() == (Object) VoidNamespace.SERIALIZER ? 2 : 3;
        this.table =
                new PagedTable(
                        epochs,
                        keys.range().size(),
                        stride,
                        stride == 2 ? EntryHash.OF_KEY : EntryHash.OF_KEY_AND_NAMESPACE);
    }

    @Override
    public final void setCurrentNamespace(N next) {
        if (next != namespace) {
            namespace = next;
            namespaceCode = stride == 2 ? 0 : Hashes.codeOf(next);
            turn = NEVER;
        }
    }

    final String name() {
        return parts.schema().name();
    }

    final String owner() {
        return keys.owner();
    }

    final Epochs epochs() {
        return epochs;
    }

    /** Refuses the use of a state after the end. */
    final void expectOpen() {
        keys.expectOpen();
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object cell) {
        return (T) cell;
    }

    private int locate() {
        return turn == keys.turn() ? slot : search();
    }

    private int search() {
        K key = keys.require(name());
        group = keys.group();
        if (stride == 2) {
            hash = keys.hash();
            page = table.page(group, hash);
            slot = page == null ? -1 : PagedTable.find(page, hash, key);
        } else {
            if (namespace == null) {
                throw Refusals.nothingChosen(owner(), name(), "namespace");
            }
            hash = Hashes.of(keys.code(), namespaceCode);
            page = table.page(group, hash);
            slot = page == null ? -1 : PagedTable.find(page, hash, key, namespace);
        }
        turn = keys.turn();
        return slot;
    }

    private int contentCell() {
        return slot * stride + stride - 1;
    }

    /** The content of the current entry as it is, or null if there is no entry. */
    final C content() {
        return locate() < 0 ? null : cast(page.cells[contentCell()]);
    }

    /** Tells whether a snapshot may have the content found last. Only right after it was found. */
    final boolean isShared() {
        int held = epochs.newestHeld();
        return held != Epochs.NONE && (page.epoch <= held || !page.isOwned(slot));
    }

    /** Stores the content of the current entry. */
    final void put(C content) {
        int held = epochs.newestHeld();
        if (locate() < 0) {
            insert(group, hash, keys.key(), namespace);
        } else if (page.epoch <= held) {
            page = table.writable(group, hash);
        }
        int cell = contentCell();
        // Storing what is there already would cost the garbage collector's write barrier.
        if (page.cells[cell] != content) {
            page.cells[cell] = content;
        }
        if (held != Epochs.NONE) {
            page.own(slot);
        }
    }

    private void insert(int toGroup, int newHash, K key, N ofNamespace) {
        page = table.roomFor(toGroup, newHash);
        slot = page.claim(newHash);
        page.cells[slot * stride] = key;
        if (stride == 3) {
            page.cells[slot * stride + 1] = ofNamespace;
        }
    }

    /** Removes the current entry; what {@code State.clear} promises. */
    public void clear() {
        if (locate() >= 0) {
            table.remove(group, hash, slot);
            slot = -1;
        }
    }

    /**
     * The content found last, for code that may change it and that others then see in this state: a
     * copy takes its place if a snapshot may have it. What the serializer does not copy is
     * immutable and stays.
     */
    final C handOut(C content, Serializer<C> serializer) {
        if (!isShared()) {
            return content;
        }
        C own = serializer.copy(content);
        if (own != content) {
            put(own);
        }
        return own;
    }

    /** The content found last, for code that may change it and gives back what is to be stored. */
    final C forChange(C content, Serializer<C> serializer) {
        return isShared() ? serializer.copy(content) : content;
    }

    /** Where an entry is wanted, whatever the current key will be. */
    record Place<K, N>(int group, int hash, K key, N namespace) {}

    /** The place of the current entry. */
    final Place<K, N> place() {
        locate();
        return new Place<>(group, hash, keys.key(), namespace);
    }

    /** Removes the entry at a place if its content is still the one given. */
    final void removeAt(Place<K, N> place, C expected) {
        Page there = table.page(place.group(), place.hash());
        int found = there == null ? -1 : find(there, place.hash(), place.key(), place.namespace());
        if (found >= 0 && there.cells[found * stride + stride - 1] == expected) {
            table.remove(place.group(), place.hash(), found);
            turn = NEVER;
        }
    }

    private int find(Page in, int wanted, K key, N ofNamespace) {
        return stride == 2
                ? PagedTable.find(in, wanted, key)
                : PagedTable.find(in, wanted, key, ofNamespace);
    }

    /** Expects a number of restored entries in an empty group. */
    final void plan(int inGroup, int entries) {
        table.plan(inGroup, entries);
    }

    /** Takes over a restored entry, which may be a part of a content that is there already. */
    final void restore(
            int inGroup,
            K key,
            N ofNamespace,
            ContentCodec<C> reader,
            BytesInput keyRest,
            BytesInput value)
            throws IOException {
        int code = key.hashCode();
        int newHash = stride == 2 ? Hashes.of(code) : Hashes.of(code, Hashes.codeOf(ofNamespace));
        page = table.page(inGroup, newHash);
        slot = page == null ? -1 : find(page, newHash, key, ofNamespace);
        C before = slot < 0 ? null : cast(page.cells[contentCell()]);
        C after = reader.read(before, keyRest, value);
        if (before == null) {
            insert(inGroup, newHash, key, ofNamespace);
            page.cells[contentCell()] = after;
        }
        turn = NEVER;
    }

    @Override
    public final FrozenTable<K, N, C> freeze() {
        return new FrozenTable<>(
                parts.schema(),
                table.freeze(),
                stride,
                parts.namespace().duplicate(),
                parts.codec().duplicate());
    }

    @Override
    public final void release() {
        table.release();
        page = null;
    }

    /** The keys that have an entry in a namespace. */
    final CloseableIterator<K> keys(Object inNamespace) {
        return CloseableIterator.over(new KeyIterator(inNamespace));
    }

    /**
     * Collects the keys of one page at a time and goes on by hash, not by cell: pages may be split,
     * dropped or copied in between, but what has a smaller hash has been seen.
     */
    private final class KeyIterator implements java.util.Iterator<K> {
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
                PageDirectory directory = table.directory(atGroup);
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

        private void collect(Page from) {
            if (from == null) {
                return;
            }
            for (int each = 0; each < from.capacity(); each++) {
                Object key = from.cells[each * stride];
                if (key != null
                        && (stride == 2 || PagedTable.same(wanted, from.cells[each * stride + 1]))
                        && table.hash(from, each) >= position) {
                    found.add(cast(key));
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
}
