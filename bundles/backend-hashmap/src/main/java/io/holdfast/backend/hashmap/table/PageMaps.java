package io.holdfast.backend.hashmap.table;

import java.util.Optional;

/**
 * Maps whose keys or values are objects: each is an object that holds a single page, which grows.
 * Keys that are numbers are kept as such.
 */
final class PageMaps<U, V> extends MapForm<U, V, PageMaps.PageMap> {
    private final Bits<U> keys;
    private final Bits<V> values;
    private final PageLayout layout;

    PageMaps(Optional<Bits<U>> keys, Optional<Bits<V>> values) {
        this.keys = keys.orElse(null);
        this.values = values.orElse(null);
        this.layout = PageLayout.ofMap(keys.isPresent(), values.isPresent());
    }

    /** The page of one map. */
    static final class PageMap {
        private long[] words;
        private Object[] objects;
        private int rowMask;
        private int changes;
    }

    private PageMap use(PageMap map, Page page) {
        map.words = page.words();
        map.objects = page.objects();
        map.rowMask = layout.rowMask(map.words);
        return map;
    }

    @Override
    public PageMap empty() {
        return use(new PageMap(), layout.empty(NO_EPOCH, 0, PageLayout.SMALLEST));
    }

    @Override
    public PageMap copy(PageMap map) {
        return use(new PageMap(), layout.copy(map.words, map.objects, NO_EPOCH));
    }

    @Override
    public int size(PageMap map) {
        return PageLayout.size(map.words);
    }

    @Override
    public int changes(PageMap map) {
        return map.changes;
    }

    @Override
    public int find(PageMap map, U key) {
        // Where keys are numbers, nothing else may see the object: the compiler need not make it.
        return keys != null
                ? findNumber(map, keys.of(key))
                : layout.find(map.words, map.objects, map.rowMask, hash(key), 0, key, null);
    }

    private int findNumber(PageMap map, long bits) {
        return layout.find(map.words, map.objects, map.rowMask, hash(bits), bits, null, null);
    }

    private static int hash(long bits) {
        return Hashes.of(Long.hashCode(bits));
    }

    private static int hash(Object key) {
        return Hashes.of(key.hashCode());
    }

    @Override
    public int next(PageMap map, int slot) {
        return layout.next(map.words, slot);
    }

    @Override
    @SuppressWarnings("unchecked") // nothing else is put there
    public U key(PageMap map, int slot) {
        return keys == null
                ? (U) layout.key(map.objects, slot)
                : keys.value(layout.keyBits(map.words, slot));
    }

    @Override
    @SuppressWarnings("unchecked") // nothing else is put there
    public V value(PageMap map, int slot) {
        if (values == null) {
            return (V) layout.content(map.objects, slot);
        }
        return isNull(map, slot) ? null : values.value(layout.number(map.words, slot));
    }

    @Override
    public void setValue(PageMap map, int slot, V value) {
        if (values == null) {
            layout.setContent(map.objects, slot, value);
        } else if (value == null) {
            layout.setNull(map.words, slot);
        } else {
            layout.unsetNull(map.words, slot);
            layout.setNumber(map.words, slot, values.of(value));
        }
    }

    @Override
    public PageMap put(PageMap map, U key, V value) {
        int found = find(map, key);
        setValue(map, found < 0 ? claim(map, key) : found, value);
        return map;
    }

    private int claim(PageMap map, U key) {
        if (PageLayout.isFull(map.words)) {
            int capacity = PageLayout.capacity(map.words);
            resize(map, PageLayout.isWorn(map.words) ? capacity : 2 * capacity);
        }
        map.changes++;
        int slot = layout.claim(map.words, hash(key));
        layout.fill(map.words, map.objects, slot, keys == null ? 0 : keys.of(key), key, null);
        return slot;
    }

    private void resize(PageMap map, int capacity) {
        Page page = new Page(map.words, map.objects);
        use(map, layout.resized(page, NO_EPOCH, capacity, false));
    }

    @Override
    public PageMap remove(PageMap map, int slot) {
        removeAt(map, slot);
        if (PageLayout.isSparse(map.words)) {
            resize(map, PageLayout.capacityFor(size(map)));
        }
        return map;
    }

    @Override
    public void removeAt(PageMap map, int slot) {
        map.changes++;
        layout.remove(map.words, map.objects, slot);
    }

    @Override
    public long keyBits(PageMap map, int slot) {
        return 0;
    }

    @Override
    public long valueBits(PageMap map, int slot) {
        return 0;
    }

    @Override
    public boolean isNull(PageMap map, int slot) {
        return values == null
                ? layout.content(map.objects, slot) == null
                : PageLayout.hasNulls(map.words) && layout.isNull(map.words, slot);
    }

    @Override
    public boolean inNumbers() {
        return false;
    }

    @Override
    public U keyOf(long bits) {
        throw new UnsupportedOperationException("not in numbers");
    }

    @Override
    public V valueOf(long bits) {
        throw new UnsupportedOperationException("not in numbers");
    }
}
