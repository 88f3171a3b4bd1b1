package io.holdfast.backend.hashmap.table;

import java.util.Optional;

/**
 * The map of one entry of a map state: a single page that grows. Null values are allowed.
 *
 * <p>Entries are visited by slot: {@link #next} gives the first one, then those that follow. What
 * adds or removes an entry is counted as {@link #changes()}; entries may stand elsewhere then, but
 * not after {@link #removeAt}.
 *
 * @param <U> type of the map keys
 * @param <V> type of the values
 */
public final class PageMap<U, V> {
    private static final int NO_EPOCH = 0;

    private final Kind<U, V> kind;
    private boolean numericValues;
    private Page page;
    private int changes;

    /**
     * What the maps of a state have in common. Immutable.
     *
     * @param <U> type of the map keys
     * @param <V> type of the values
     */
    public static final class Kind<U, V> {
        private final Bits<U> keys;
        private final Bits<V> values;
        private final PageLayout numbers;
        private final PageLayout objects;

        /**
         * A kind of maps.
         *
         * @param keys how keys are kept as numbers, if they are
         * @param values how values are kept as numbers, if they are
         */
        public Kind(Optional<Bits<U>> keys, Optional<Bits<V>> values) {
            this.keys = keys.orElse(null);
            this.values = values.orElse(null);
            this.numbers = PageLayout.ofMap(keys.isPresent(), true);
            this.objects = PageLayout.ofMap(keys.isPresent(), false);
        }
    }

    /** An empty map. */
    public PageMap(Kind<U, V> kind) {
        this(kind, kind.values != null);
    }

    private PageMap(Kind<U, V> kind, boolean numericValues) {
        this.kind = kind;
        this.numericValues = numericValues;
        this.page = layout().empty(NO_EPOCH, 0, PageLayout.SMALLEST);
    }

    private PageMap(PageMap<U, V> other) {
        this.kind = other.kind;
        this.numericValues = other.numericValues;
        this.page = layout().copy(other.page.words(), other.page.objects(), NO_EPOCH);
    }

    /** A map with the same keys and values, to be changed on its own. */
    public PageMap<U, V> copy() {
        return new PageMap<>(this);
    }

    private PageLayout layout() {
        return numericValues ? kind.numbers : kind.objects;
    }

    /** Number of entries. */
    public int size() {
        return PageLayout.size(page.words());
    }

    /** Grows with each change after which a visit cannot go on. */
    public int changes() {
        return changes;
    }

    /** Slot of a key's entry, or -1. */
    public int find(U key) {
        return find(key, Hashes.of(key.hashCode()));
    }

    private int find(U key, int hash) {
        long bits = kind.keys == null ? 0 : kind.keys.of(key);
        return layout().find(page.words(), page.objects(), hash, bits, key, null);
    }

    /** The slot of the entry that follows a slot, -1 for the first; -1 if there is none. */
    public int next(int slot) {
        long[] words = page.words();
        PageLayout layout = layout();
        for (int next = slot + 1; next < PageLayout.capacity(words); next++) {
            if (layout.isUsed(words, next)) {
                return next;
            }
        }
        return -1;
    }

    /** The key in a slot. */
    @SuppressWarnings("unchecked") // nothing else is put there
    public U key(int slot) {
        return kind.keys == null
                ? (U) layout().key(page.objects(), slot)
                : kind.keys.value(layout().keyBits(page.words(), slot));
    }

    /** The value in a slot. */
    @SuppressWarnings("unchecked") // nothing else is put there
    public V value(int slot) {
        return numericValues
                ? kind.values.value(kind.numbers.number(page.words(), slot))
                : (V) kind.objects.content(page.objects(), slot);
    }

    /** Replaces the value in a slot; entries keep their slots. */
    public void setValue(int slot, V value) {
        if (numericValues && value == null) {
            giveUpNumbers();
        }
        if (numericValues) {
            kind.numbers.setNumber(page.words(), slot, kind.values.of(value));
        } else {
            kind.objects.setContent(page.objects(), slot, value);
        }
    }

    /** There is no number for null. */
    private void giveUpNumbers() {
        Page wide = kind.objects.withObjects(kind.numbers, page);
        for (int slot = next(-1); slot >= 0; slot = next(slot)) {
            kind.objects.setContent(wide.objects(), slot, value(slot));
        }
        page = wide;
        numericValues = false;
    }

    /** Puts a value under a key, which is not null. */
    public void put(U key, V value) {
        int hash = Hashes.of(key.hashCode());
        int slot = find(key, hash);
        if (slot < 0) {
            makeRoom();
            changes++;
            slot = layout().claim(page.words(), hash);
            long bits = kind.keys == null ? 0 : kind.keys.of(key);
            layout().fill(page.words(), page.objects(), slot, bits, key, null);
        }
        setValue(slot, value);
    }

    private void makeRoom() {
        long[] words = page.words();
        if (PageLayout.isFull(words)) {
            int capacity = PageLayout.capacity(words);
            int wanted = PageLayout.isWorn(words) ? capacity : 2 * capacity;
            page = layout().resized(page, NO_EPOCH, wanted, false);
        }
    }

    /** Takes a key's entry out; the map may become smaller in memory. */
    public void remove(U key) {
        int slot = find(key);
        if (slot >= 0) {
            removeAt(slot);
            if (PageLayout.isSparse(page.words())) {
                page = layout().resized(page, NO_EPOCH, PageLayout.capacityFor(size()), false);
            }
        }
    }

    /** Takes the entry in a slot out; the others keep their slots. */
    public void removeAt(int slot) {
        changes++;
        layout().remove(page.words(), page.objects(), slot);
    }
}
