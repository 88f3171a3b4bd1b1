package io.holdfast.backend.hashmap.table;

import java.util.Arrays;

/**
 * The pages of one key group, found by the leading bits of the hash. A page with a depth less than
 * the directory's stands in several neighbouring cells; a cell without entries has none.
 *
 * <p>Once its epoch is held by a snapshot, a directory is never written again.
 */
public final class PageDirectory {
    /** Leaves the bits that tell rows and tags apart. */
    private static final int MAX_DEPTH = 20;

    /** A directory may have at most one cell for so many entries. */
    private static final int MIN_ENTRIES_PER_CELL = 4;

    /** Most entries for each cell when the number of entries is known beforehand. */
    private static final int PLANNED_ENTRIES_PER_CELL = 40;

    /** When it was made. */
    final int epoch;

    private int depth;
    private int size;
    private long[][] words;
    private Object[][] objects;

    PageDirectory(int epoch) {
        this(epoch, 0, 0, new long[1][], new Object[1][]);
    }

    private PageDirectory(int epoch, int depth, int size, long[][] words, Object[][] objects) {
        this.epoch = epoch;
        this.depth = depth;
        this.size = size;
        this.words = words;
        this.objects = objects;
    }

    /** An empty directory with cells for a number of entries. */
    static PageDirectory planned(int epoch, int entries) {
        int depth = 0;
        while (depth < MAX_DEPTH && entries >> depth > PLANNED_ENTRIES_PER_CELL) {
            depth++;
        }
        return new PageDirectory(epoch, depth, 0, new long[1 << depth][], new Object[1 << depth][]);
    }

    PageDirectory copy(int newEpoch) {
        return new PageDirectory(newEpoch, depth, size, words.clone(), objects.clone());
    }

    /** Number of entries. */
    public int size() {
        return size;
    }

    int depth() {
        return depth;
    }

    void count(int change) {
        size += change;
    }

    /** Number of cells. */
    public int cells() {
        return words.length;
    }

    /** The cell for a hash. */
    public int cell(int hash) {
        return hash >>> Hashes.BITS - depth;
    }

    /** The words of the page in a cell, or null if there is none. */
    public long[] words(int cell) {
        return words[cell];
    }

    /** The objects of the page in a cell; null if there is none, or if it has no objects. */
    public Object[] objects(int cell) {
        return objects[cell];
    }

    /** Number of cells that the page in a cell stands for, 1 if there is none. */
    public int span(int cell) {
        return words[cell] == null ? 1 : 1 << depth - PageLayout.depth(words[cell]);
    }

    /** First hash behind those that the page in a cell may hold; 2^31 behind the last. */
    public long end(int cell) {
        int span = span(cell);
        return (cell / span + 1L) * span << Hashes.BITS - depth;
    }

    /**
     * Takes entries.
     *
     * @param <E> what it may throw
     */
    @FunctionalInterface
    public interface SlotVisitor<E extends Exception> {

        /** Takes the entry in a slot. */
        void entry(long[] words, Object[] objects, int slot) throws E;
    }

    /** Visits all entries, in the order of the cells, until the visitor throws. */
    public <E extends Exception> void forEach(PageLayout layout, SlotVisitor<E> visitor) throws E {
        for (int cell = 0; cell < words.length; cell += span(cell)) {
            long[] pageWords = words[cell];
            int slots = pageWords == null ? 0 : PageLayout.capacity(pageWords);
            for (int slot = 0; slot < slots; slot++) {
                if (layout.isUsed(pageWords, slot)) {
                    visitor.entry(pageWords, objects[cell], slot);
                }
            }
        }
    }

    /**
     * Visits the entries that may have changed after an interval, in the order of the cells, until
     * the visitor throws.
     */
    public <E extends Exception> void forEachChanged(
            PageLayout layout, int since, SlotVisitor<E> visitor) throws E {
        for (int cell = 0; cell < words.length; cell += span(cell)) {
            long[] pageWords = words[cell];
            boolean any = pageWords != null && layout.hasChanges(pageWords, since);
            int slots = any ? PageLayout.capacity(pageWords) : 0;
            for (int slot = 0; slot < slots; slot++) {
                if (layout.isUsed(pageWords, slot) && layout.isChanged(pageWords, slot, since)) {
                    visitor.entry(pageWords, objects[cell], slot);
                }
            }
        }
    }

    /** Puts a page into every cell it stands for. */
    void set(int hash, Page page) {
        set(hash, PageLayout.depth(page.words()), page.words(), page.objects());
    }

    /** Leaves the cells of a page of some depth empty. */
    void drop(int hash, int pageDepth) {
        set(hash, pageDepth, null, null);
    }

    private void set(int hash, int pageDepth, long[] pageWords, Object[] pageObjects) {
        int free = depth - pageDepth;
        int first = cell(hash) >>> free << free;
        Arrays.fill(words, first, first + (1 << free), pageWords);
        Arrays.fill(objects, first, first + (1 << free), pageObjects);
    }

    /**
     * Tells whether a full page of the largest usual size may be split. If many hashes are equal,
     * splitting does not help, and the directory must not double for it again and again: then the
     * page grows instead.
     */
    boolean maySplit(int pageDepth) {
        return pageDepth < depth || depth < MAX_DEPTH && size / MIN_ENTRIES_PER_CELL >= 2 << depth;
    }

    /** Puts two pages, each for one more leading bit, in the place of one. */
    void split(PageLayout layout, int hash, Page page, int newEpoch, boolean keepOwned) {
        int pageDepth = PageLayout.depth(page.words());
        if (pageDepth == depth) {
            deepen();
        }
        int bit = 1 << Hashes.BITS - 1 - pageDepth;
        int[] all = new int[PageLayout.capacity(page.words())];
        int high = 0;
        for (int slot = 0; slot < all.length; slot++) {
            if (layout.isUsed(page.words(), slot)) {
                all[slot] = layout.hash(page.words(), page.objects(), slot);
                high += (all[slot] & bit) == 0 ? 0 : 1;
            }
        }
        int low = PageLayout.size(page.words()) - high;
        Page below = layout.empty(newEpoch, pageDepth + 1, PageLayout.capacityFor(low));
        Page above = layout.empty(newEpoch, pageDepth + 1, PageLayout.capacityFor(high));
        for (int slot = 0; slot < all.length; slot++) {
            if (layout.isUsed(page.words(), slot)) {
                Page target = (all[slot] & bit) == 0 ? below : above;
                layout.move(page, slot, all[slot], target, keepOwned);
            }
        }
        replace(hash & ~bit, below, low);
        replace(hash | bit, above, high);
    }

    private void replace(int hash, Page page, int entries) {
        if (entries == 0) {
            drop(hash, PageLayout.depth(page.words()));
        } else {
            set(hash, page);
        }
    }

    private void deepen() {
        long[][] widerWords = new long[words.length * 2][];
        Object[][] widerObjects = new Object[words.length * 2][];
        for (int cell = 0; cell < widerWords.length; cell++) {
            widerWords[cell] = words[cell >> 1];
            widerObjects[cell] = objects[cell >> 1];
        }
        words = widerWords;
        objects = widerObjects;
        depth++;
    }
}
