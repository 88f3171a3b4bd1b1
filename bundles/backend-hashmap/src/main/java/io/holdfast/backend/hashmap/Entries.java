package io.holdfast.backend.hashmap;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.backend.hashmap.format.Block;
import io.holdfast.backend.hashmap.table.Bits;
import io.holdfast.backend.hashmap.table.Epochs;
import io.holdfast.backend.hashmap.table.Hashes;
import io.holdfast.backend.hashmap.table.Intervals;
import io.holdfast.backend.hashmap.table.PageDirectory;
import io.holdfast.backend.hashmap.table.PageLayout;
import io.holdfast.backend.hashmap.table.PagedTable;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.VoidNamespace;
import io.holdfast.toolkit.io.BytesInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/**
 * The entries of one state, each with one content, in a {@link PagedTable}. Remembers where the
 * entry of the current key and namespace is, so that reading and then storing searches once: as
 * numbers only, since storing references at each access would keep the garbage collector busy.
 *
 * @param <K> type of the keys
 * @param <N> type of the namespaces
 * @param <C> type of the content, never null
 */
abstract sealed class Entries<K, N, C> permits ObjectEntries, NumberEntries {
    private static final long NEVER = -1;

    final Epochs epochs;
    private final Intervals intervals;
    final PagedTable table;
    final PageLayout layout;
    private final CurrentKey<K> keys;
    private final Bits<K> keyBits;
    private final EntryReader<K, N> reader;
    private final boolean namespaced;

    /** Whether pages have numbers alone: the case that should cost least. */
    private final boolean plain;

    private final String name;

    private N namespace;
    private int namespaceCode;

    /** When the search was made whose result follows. */
    private long turn = NEVER;

    private int hash;
    private int slot;

    /** Where sweeping goes on. */
    private int sweptGroup;

    private long sweptTo;

    Entries(TableState.Parts<K, N, C> parts, boolean numericContent) {
        this.keys = parts.keys();
        this.keyBits = keys.numbers().orElse(null);
        this.epochs = parts.epochs();
        this.intervals = parts.intervals();
        this.name = parts.schema().name();
        this.namespaced = parts.namespace() != (Object) VoidNamespace.SERIALIZER;
        this.layout = PageLayout.ofContents(keyBits != null, namespaced, numericContent);
        this.plain = layout.isPlain();
        this.table = new PagedTable(epochs, intervals, keys.range().size(), layout);
        this.reader = new EntryReader<>(layout, keys.numbers());
    }

    /** The content of a slot. */
    abstract C read(long[] words, Object[] objects, int at);

    /** Stores the content of the current entry. */
    abstract void put(C content);

    /** Tells whether a snapshot may have the content found last. Only right after it was found. */
    abstract boolean isShared();

    /** As {@link TableState#handOut}. */
    abstract C handOut(Serializer<C> serializer);

    /** As {@link TableState#forChange}. */
    abstract C forChange(Serializer<C> serializer);

    /** Puts a content into a slot of a page that may be written. */
    abstract void write(long[] words, Object[] objects, int at, C content, int held);

    final void setCurrentNamespace(N next) {
        if (namespaced && next != namespace) {
            namespace = next;
            namespaceCode = Hashes.codeOf(next);
            turn = NEVER;
        }
    }

    final String name() {
        return name;
    }

    /** Finds the current entry. */
    final int locate() {
        if (turn != keys.turn()) {
            search();
        }
        return slot;
    }

    /** Finds the current entry anew; returns the words of the page that has it or may have it. */
    private long[] search() {
        int ofHash = hashToFind();
        PageDirectory directory = table.directory(keys.group());
        int cell = directory == null ? 0 : directory.cell(ofHash);
        long[] words = directory == null ? null : directory.words(cell);
        found(ofHash, words == null ? -1 : find(words, objects(directory, cell), ofHash));
        return words;
    }

    private int hashToFind() {
        keys.expectChosen(name);
        if (namespaced && namespace == null) {
            throw Refusals.nothingChosen(keys.owner(), name, "namespace");
        }
        return namespaced ? Hashes.of(keys.code(), namespaceCode) : keys.hash();
    }

    private Object[] objects(PageDirectory directory, int cell) {
        return plain ? null : directory.objects(cell);
    }

    private int find(long[] words, Object[] objects, int ofHash) {
        return plain
                ? layout.findPlain(words, ofHash, keys.bits())
                : layout.find(words, objects, ofHash, keys.bits(), keys.object(), namespace);
    }

    private void found(int ofHash, int at) {
        hash = ofHash;
        slot = at;
        turn = keys.turn();
    }

    private int find(int inGroup, int ofHash, long bits, K object, N inNamespace) {
        PageDirectory directory = table.directory(inGroup);
        int cell = directory == null ? 0 : directory.cell(ofHash);
        long[] words = directory == null ? null : directory.words(cell);
        return words == null
                ? -1
                : layout.find(words, directory.objects(cell), ofHash, bits, object, inNamespace);
    }

    /** Hash of an entry whose key and namespace need not be those of now. */
    private int hash(K key, N inNamespace) {
        int code = key.hashCode();
        return namespaced ? Hashes.of(code, Hashes.codeOf(inNamespace)) : Hashes.of(code);
    }

    private long bits(K key) {
        return keyBits == null ? 0 : keyBits.of(key);
    }

    /** The content of the current entry as it is, or null if there is no entry. */
    final C content() {
        if (turn == keys.turn()) {
            return slot < 0 ? null : content(keys.group(), hash, slot);
        }
        // As search(), but what it looked up is at hand when the content is read.
        int ofHash = hashToFind();
        PageDirectory directory = table.directory(keys.group());
        int cell = directory == null ? 0 : directory.cell(ofHash);
        long[] words = directory == null ? null : directory.words(cell);
        if (words == null) {
            found(ofHash, -1);
            return null;
        }
        Object[] objects = objects(directory, cell);
        int at = find(words, objects, ofHash);
        found(ofHash, at);
        return at < 0 ? null : read(words, objects, at);
    }

    private C content(int inGroup, int ofHash, int at) {
        PageDirectory directory = table.directory(inGroup);
        int cell = directory.cell(ofHash);
        return read(directory.words(cell), objects(directory, cell), at);
    }

    /** The words of the page of the current entry, which was found. */
    final long[] words() {
        PageDirectory directory = table.directory(keys.group());
        return directory.words(directory.cell(hash));
    }

    /** The objects of the page of the current entry, which was found. */
    final Object[] objects() {
        PageDirectory directory = table.directory(keys.group());
        return directory.objects(directory.cell(hash));
    }

    /** Slot of the current entry, which was found. */
    final int slot() {
        return slot;
    }

    /**
     * Makes sure that the current entry is there, noted as changed, and that its page may be
     * written, for a change of its content.
     *
     * @return the words of the page
     */
    final long[] open() {
        boolean isKnown = turn == keys.turn();
        long[] words = isKnown ? null : search();
        if (slot < 0) {
            slot = table.add(keys.group(), hash, keys.bits(), keys.object(), namespace);
        } else if (epochs.newestHeld() != Epochs.NONE || intervals.present() != Intervals.NONE) {
            changed(keys.group(), hash, slot);
        } else if (!isKnown) {
            return words;
        }
        return words();
    }

    /**
     * Puts an object that is equal to the content of the current entry in its place, which nobody
     * needs to be told.
     */
    final void putEqual(C content) {
        replace(keys.group(), hash, slot, content, epochs.newestHeld(), false);
    }

    private void replace(int inGroup, int ofHash, int at, C content, int held, boolean isChange) {
        PageDirectory directory = table.writable(inGroup, ofHash);
        int cell = directory.cell(ofHash);
        long[] words = directory.words(cell);
        write(words, directory.objects(cell), at, content, held);
        if (isChange) {
            layout.changed(words, at, intervals);
        }
    }

    /** Notes that the content found last is changed in place. Only right after it was found. */
    final void changed() {
        if (intervals.present() != Intervals.NONE) {
            changed(keys.group(), hash, slot);
        }
    }

    private void changed(int inGroup, int ofHash, int at) {
        PageDirectory directory = table.writable(inGroup, ofHash);
        layout.changed(directory.words(directory.cell(ofHash)), at, intervals);
    }

    /** Removes the current entry. */
    final void clear() {
        if (locate() >= 0) {
            table.remove(keys.group(), hash, slot);
            slot = -1;
        }
    }

    /** Where the current entry is wanted, whatever the current key will be. */
    final TableState.Place<K, N> place() {
        locate();
        return new TableState.Place<>(keys.group(), hash, keys.bits(), keys.object(), namespace);
    }

    /** The content at a place as it is, or null if there is no entry. */
    final C contentAt(TableState.Place<K, N> place) {
        int at = find(place.group(), place.hash(), place.bits(), place.object(), place.namespace());
        return at < 0 ? null : content(place.group(), place.hash(), at);
    }

    /** Notes that the content at a place is changed in place, if it is still the one given. */
    final void changedAt(TableState.Place<K, N> place, C expected) {
        if (intervals.present() != Intervals.NONE) {
            int at = findAt(place, expected);
            if (at >= 0) {
                changed(place.group(), place.hash(), at);
            }
        }
    }

    /** Removes the entry at a place if its content is still the one given. */
    final void removeAt(TableState.Place<K, N> place, C expected) {
        turn = NEVER;
        int at = findAt(place, expected);
        if (at >= 0) {
            table.remove(place.group(), place.hash(), at);
        }
    }

    private int findAt(TableState.Place<K, N> place, C expected) {
        int at = find(place.group(), place.hash(), place.bits(), place.object(), place.namespace());
        return at >= 0 && content(place.group(), place.hash(), at) == expected ? at : -1;
    }

    /**
     * Takes over a restored entry, which may be a part of a content that is there already. Several
     * threads may do so at once, each for other groups.
     *
     * @param isWhole whether what is restored is not a later change of what is there already
     */
    final void restore(
            int inGroup,
            K key,
            N inNamespace,
            ContentCodec<C> codec,
            BytesInput keyRest,
            BytesInput value,
            boolean isWhole)
            throws IOException {
        int ofHash = hash(key, inNamespace);
        int at = find(inGroup, ofHash, bits(key), key, inNamespace);
        C before = at < 0 || !isWhole && !codec.isInParts() ? null : content(inGroup, ofHash, at);
        C after = codec.read(before, keyRest, value);
        if (at < 0) {
            int added = table.add(inGroup, ofHash, bits(key), key, inNamespace);
            replace(inGroup, ofHash, added, after, Epochs.NONE, false);
        } else if (before != after) {
            replace(inGroup, ofHash, at, after, Epochs.NONE, false);
        }
    }

    /** Takes an entry out again that a later change removed; as {@link #restore}. */
    final void restoreRemoval(int inGroup, K key, N inNamespace) {
        int ofHash = hash(key, inNamespace);
        int at = find(inGroup, ofHash, bits(key), key, inNamespace);
        if (at >= 0) {
            table.remove(inGroup, ofHash, at);
        }
    }

    /**
     * How entries of a block of numbers can be taken over as such.
     *
     * @param codec reads the contents
     * @return empty if they are to be read one by one
     */
    abstract Optional<Bits<C>> numbersIn(Block block, ContentCodec<C> codec);

    /** Takes over the entries of a block of numbers; as {@link #restore}. */
    final void restoreNumbers(int inGroup, Block block, IntPredicate belongs, Bits<C> numbers)
            throws IOException {
        NumberReader in = new NumberReader(block);
        for (int i = 0; i < block.count(); i++) {
            long bits = in.next(block.keyLength());
            long number = in.next(block.valueLength());
            int code = Long.hashCode(bits);
            if (!belongs.test(code)) {
                throw new IOException("the key " + keyBits.value(bits) + " is of another group");
            }
            int ofHash = Hashes.of(code);
            int at = find(inGroup, ofHash, bits, null, null);
            if (at < 0) {
                at = table.add(inGroup, ofHash, bits, null, null);
                PageDirectory directory = table.directory(inGroup);
                layout.setNumber(directory.words(directory.cell(ofHash)), at, number);
            } else if (block.isWhole()) {
                throw new IOException("a second entry for the same key and namespace");
            } else {
                replace(inGroup, ofHash, at, numbers.value(number), Epochs.NONE, false);
            }
        }
    }

    final boolean namespaced() {
        return namespaced;
    }

    /** How keys are kept as numbers, or null. */
    final Bits<K> keyBits() {
        return keyBits;
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
                PageDirectory directory = table.directory(atGroup);
                if (directory == null || position > Integer.MAX_VALUE) {
                    atGroup++;
                    position = 0;
                } else {
                    int cell = directory.cell((int) position);
                    collect(directory.words(cell), directory.objects(cell));
                    position = directory.end(cell);
                }
            }
            return !found.isEmpty();
        }

        private void collect(long[] words, Object[] objects) {
            int slots = words == null ? 0 : PageLayout.capacity(words);
            for (int each = 0; each < slots; each++) {
                if (layout.isUsed(words, each)
                        && (!namespaced || wanted.equals(layout.namespace(objects, each)))
                        && layout.hash(words, objects, each) >= position) {
                    found.add(reader.key(words, objects, each));
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

    /** The entries as a snapshot fixes them. */
    final FrozenState<K> freeze(TableState.Parts<K, N, C> parts, ContentCodec<C> codec) {
        return new FrozenTable<>(
                parts.schema(),
                FrozenEntries.of(table),
                reader,
                layout.objectContent() ? Optional.empty() : parts.codec().bits(),
                parts.namespace().duplicate(),
                codec);
    }

    /** An entry to look at once more. */
    private record Found<K, N>(K key, N namespace) {}

    /**
     * Looks at some entries, in turn, and puts what is left of their contents in their place. Goes
     * on by hash, as the iterator over keys does.
     *
     * @param count about how many entries to look at; what is empty counts, too
     * @param left gives the same content if it stays, and null if nothing is left
     * @return whether the end was reached
     */
    final boolean sweep(int count, UnaryOperator<C> left) {
        for (int rest = count; rest > 0; ) {
            if (sweptGroup == table.groupCount()) {
                sweptGroup = 0;
                return true;
            }
            PageDirectory directory = table.directory(sweptGroup);
            int seen = 0;
            if (directory != null && sweptTo <= Integer.MAX_VALUE) {
                int cell = directory.cell((int) sweptTo);
                sweptTo = directory.end(cell);
                seen = sweep(directory.words(cell), directory.objects(cell), left);
            } else {
                sweptGroup++;
                sweptTo = 0;
            }
            rest -= Math.max(1, seen);
        }
        return false;
    }

    private int sweep(long[] words, Object[] objects, UnaryOperator<C> left) {
        int seen = 0;
        List<Found<K, N>> changed = List.of();
        int slots = words == null ? 0 : PageLayout.capacity(words);
        for (int each = 0; each < slots; each++) {
            if (layout.isUsed(words, each)) {
                seen++;
                C content = read(words, objects, each);
                if (left.apply(content) != content) {
                    changed = changed.isEmpty() ? new ArrayList<>() : changed;
                    changed.add(
                            new Found<>(
                                    reader.key(words, objects, each),
                                    reader.namespace(objects, each)));
                }
            }
        }
        for (Found<K, N> each : changed) {
            put(each.key(), each.namespace(), left);
        }
        return seen;
    }

    /** Puts what is left of the content of an entry that exists in its place. */
    private void put(K key, N inNamespace, UnaryOperator<C> left) {
        turn = NEVER;
        int ofHash = hash(key, inNamespace);
        int at = find(sweptGroup, ofHash, bits(key), key, inNamespace);
        C content = left.apply(content(sweptGroup, ofHash, at));
        if (content == null) {
            table.remove(sweptGroup, ofHash, at);
        } else {
            replace(sweptGroup, ofHash, at, content, epochs.newestHeld(), true);
        }
    }

    final void release() {
        table.release();
    }
}
