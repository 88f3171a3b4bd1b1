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

    /** The page; no object between this one and what is searched. */
    private long[] words;

    private Object[] objects;
    private int rowMask;
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
        use(layout().empty(NO_EPOCH, 0, PageLayout.SMALLEST));
    }

    private PageMap(PageMap<U, V> other) {
        this.kind = other.kind;
        this.numericValues = other.numericValues;
        use(layout().copy(other.words, other.objects, NO_EPOCH));
    }

    private void use(Page page) {
        words = page.words();
        objects = page.objects();
        rowMask = layout().rowMask(words);
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
        return PageLayout.size(words);
    }

    /** Grows with each change after which a visit cannot go on. */
    public int changes() {
        return changes;
    }

    /** Slot of a key's entry, or -1. */
    public int find(U key) {
        // Where keys are numbers, nothing else may see the object: the compiler need not make it.
        return kind.keys != null ? findNumber(kind.keys.of(key)) : findObject(key);
    }

    private int findNumber(long bits) {
        return layout().find(words, objects, rowMask, hash(bits), bits, null, null);
    }

    private int findObject(U key) {
        return layout().find(words, objects, rowMask, hash(key), 0, key, null);
    }

    private static int hash(long bits) {
        return Hashes.of(Long.hashCode(bits));
    }

    private static int hash(Object key) {
        return Hashes.of(key.hashCode());
    }

    /** The slot of the entry that follows a slot, -1 for the first; -1 if there is none. */
    public int next(int slot) {
        return layout().next(words, slot);
    }

    /** Whether keys are numbers. */
    public boolean numericKeys() {
        return kind.keys != null;
    }

    /** Whether values are numbers; a null makes objects of them. */
    public boolean numericValues() {
        return numericValues;
    }

    /** The key in a slot, which is a number. */
    public long keyBits(int slot) {
        return layout().keyBits(words, slot);
    }

    /** The value in a slot, which is a number. */
    public long valueBits(int slot) {
        return kind.numbers.number(words, slot);
    }

    /** The key that is kept as a number. */
    public U keyOf(long bits) {
        return kind.keys.value(bits);
    }

    /** The value that is kept as a number. */
    public V valueOf(long bits) {
        return kind.values.value(bits);
    }

    /** The key in a slot. */
    @SuppressWarnings("unchecked") // nothing else is put there
    public U key(int slot) {
        return kind.keys == null ? (U) layout().key(objects, slot) : keyOf(keyBits(slot));
    }

    /** The value in a slot. */
    @SuppressWarnings("unchecked") // nothing else is put there
    public V value(int slot) {
        return numericValues ? valueOf(valueBits(slot)) : (V) kind.objects.content(objects, slot);
    }

    /** Replaces the value in a slot; entries keep their slots. */
    public void setValue(int slot, V value) {
        if (numericValues && value == null) {
            giveUpNumbers();
        }
        if (numericValues) {
            kind.numbers.setNumber(words, slot, kind.values.of(value));
        } else {
            kind.objects.setContent(objects, slot, value);
        }
    }

    /** There is no number for null. */
    private void giveUpNumbers() {
        Page wide = kind.objects.withObjects(kind.numbers, new Page(words, objects));
        for (int slot = next(-1); slot >= 0; slot = next(slot)) {
            kind.objects.setContent(wide.objects(), slot, value(slot));
        }
        numericValues = false;
        use(wide);
    }

    /** Puts a value under a key, which is not null. */
    public void put(U key, V value) {
        setValue(kind.keys != null ? numberClaimed(kind.keys.of(key)) : objectClaimed(key), value);
    }

    private int numberClaimed(long bits) {
        int slot = findNumber(bits);
        return slot < 0 ? claim(hash(bits), bits, null) : slot;
    }

    private int objectClaimed(U key) {
        int slot = findObject(key);
        return slot < 0 ? claim(hash(key), 0, key) : slot;
    }

    private int claim(int hash, long bits, U key) {
        makeRoom();
        changes++;
        int slot = layout().claim(words, hash);
        layout().fill(words, objects, slot, bits, key, null);
        return slot;
    }

    private void makeRoom() {
        if (PageLayout.isFull(words)) {
            int capacity = PageLayout.capacity(words);
            resize(PageLayout.isWorn(words) ? capacity : 2 * capacity);
        }
    }

    private void resize(int capacity) {
        use(layout().resized(new Page(words, objects), NO_EPOCH, capacity, false));
    }

    /** Takes a key's entry out; the map may become smaller in memory. */
    public void remove(U key) {
        int slot = find(key);
        if (slot >= 0) {
            removeAt(slot);
            if (PageLayout.isSparse(words)) {
                resize(PageLayout.capacityFor(size()));
            }
        }
    }

    /** Takes the entry in a slot out; the others keep their slots. */
    public void removeAt(int slot) {
        changes++;
        layout().remove(words, objects, slot);
    }
}
