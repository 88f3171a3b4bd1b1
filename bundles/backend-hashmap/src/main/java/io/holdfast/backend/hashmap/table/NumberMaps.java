package io.holdfast.backend.hashmap.table;

/**
 * Maps whose keys and values are numbers: one is the words of a single page, which grows. Nothing
 * stands between an entry of the state and them.
 */
final class NumberMaps<U, V> extends MapForm<U, V, long[]> {
    /*
     * A page of a map belongs to no epoch: in its place the head counts changes.
     */
    private final PageLayout layout = PageLayout.ofMap(true, true);
    private final int smallest = layout.length(PageLayout.SMALLEST);
    private final int small = layout.length(2 * PageLayout.SMALLEST);
    private final Bits<U> keys;
    private final Bits<V> values;

    NumberMaps(Bits<U> keys, Bits<V> values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    public long[] empty() {
        return layout.empty(NO_EPOCH, 0, PageLayout.SMALLEST).words();
    }

    @Override
    public long[] copy(long[] map) {
        return map.clone();
    }

    @Override
    public int size(long[] map) {
        return PageLayout.size(map);
    }

    @Override
    public int changes(long[] map) {
        return PageLayout.epoch(map);
    }

    @Override
    public int find(long[] map, U key) {
        // Nothing else may see the object: the compiler need not make it.
        return find(map, keys.of(key));
    }

    private int find(long[] map, long bits) {
        return layout.findNumber(map, rowMask(map), hash(bits), bits);
    }

    /** The usual lengths told one by one: the processor foresees which, and need not read it. */
    private int rowMask(long[] map) {
        if (map.length == small) {
            return 1;
        }
        return map.length == smallest ? 0 : layout.rowMask(map);
    }

    private static int hash(long bits) {
        return Hashes.of(Long.hashCode(bits));
    }

    @Override
    public int next(long[] map, int slot) {
        return layout.next(map, slot);
    }

    @Override
    public U key(long[] map, int slot) {
        return keyOf(keyBits(map, slot));
    }

    @Override
    public V value(long[] map, int slot) {
        return isNull(map, slot) ? null : valueOf(valueBits(map, slot));
    }

    @Override
    public void setValue(long[] map, int slot, V value) {
        if (value == null) {
            layout.setNumber(map, slot, 0);
            layout.setNull(map, slot);
        } else {
            setNumber(map, slot, values.of(value));
        }
    }

    private void setNumber(long[] map, int slot, long number) {
        layout.unsetNull(map, slot);
        layout.setNumber(map, slot, number);
    }

    @Override
    public long[] put(long[] map, U key, V value) {
        if (value == null) {
            return putNull(map, keys.of(key));
        }
        return putNumber(map, keys.of(key), values.of(value));
    }

    private long[] putNumber(long[] map, long bits, long number) {
        int slot = find(map, bits);
        if (slot >= 0) {
            setNumber(map, slot, number);
            return map;
        }
        long[] roomy = withRoom(map);
        layout.setNumber(roomy, claim(roomy, bits), number);
        return roomy;
    }

    private long[] putNull(long[] map, long bits) {
        int found = find(map, bits);
        long[] roomy = found < 0 ? withRoom(map) : map;
        int slot = found < 0 ? claim(roomy, bits) : found;
        setValue(roomy, slot, null);
        return roomy;
    }

    private int claim(long[] map, long bits) {
        int slot = layout.claim(map, hash(bits));
        layout.fill(map, null, slot, bits, null, null);
        return slot;
    }

    /** Counts a change to come; what is left behind counts it, too, for those who visit it. */
    private long[] withRoom(long[] map) {
        PageLayout.setEpoch(map, changes(map) + 1);
        if (!PageLayout.isFull(map)) {
            return map;
        }
        int capacity = PageLayout.capacity(map);
        return resized(map, PageLayout.isWorn(map) ? capacity : 2 * capacity);
    }

    private long[] resized(long[] map, int capacity) {
        return layout.resized(new Page(map, null), changes(map), capacity, false).words();
    }

    @Override
    public long[] remove(long[] map, int slot) {
        removeAt(map, slot);
        return PageLayout.isSparse(map) ? resized(map, PageLayout.capacityFor(size(map))) : map;
    }

    @Override
    public void removeAt(long[] map, int slot) {
        PageLayout.setEpoch(map, changes(map) + 1);
        layout.remove(map, null, slot);
    }

    @Override
    public long keyBits(long[] map, int slot) {
        return layout.keyBits(map, slot);
    }

    @Override
    public long valueBits(long[] map, int slot) {
        return layout.number(map, slot);
    }

    @Override
    public boolean isNull(long[] map, int slot) {
        return PageLayout.hasNulls(map) && layout.isNull(map, slot);
    }

    @Override
    public boolean inNumbers() {
        return true;
    }

    @Override
    public U keyOf(long bits) {
        return keys.value(bits);
    }

    @Override
    public V valueOf(long bits) {
        return values.value(bits);
    }
}
