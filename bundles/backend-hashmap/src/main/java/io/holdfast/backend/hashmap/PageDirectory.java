package io.holdfast.backend.hashmap;

import java.util.Arrays;

/**
 * The pages of one key group, found by the leading bits of the hash. A page with a depth less than
 * the directory's stands in several neighbouring cells; a cell without entries is null.
 *
 * <p>Once its epoch is held by a snapshot, a directory is never written again.
 *
 * @param <P> kind of the pages
 */
final class PageDirectory<P extends Page<P>> {
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
    private Page<?>[] pages;

    PageDirectory(int epoch) {
        this(epoch, 0, 0, new Page<?>[1]);
    }

    private PageDirectory(int epoch, int depth, int size, Page<?>[] pages) {
        this.epoch = epoch;
        this.depth = depth;
        this.size = size;
        this.pages = pages;
    }

    /** An empty directory with cells for a number of entries. */
    static <P extends Page<P>> PageDirectory<P> planned(int epoch, int entries) {
        int depth = 0;
        while (depth < MAX_DEPTH && entries >> depth > PLANNED_ENTRIES_PER_CELL) {
            depth++;
        }
        return new PageDirectory<>(epoch, depth, 0, new Page<?>[1 << depth]);
    }

    PageDirectory<P> copy(int newEpoch) {
        return new PageDirectory<>(newEpoch, depth, size, pages.clone());
    }

    /** The page for a hash, or null. */
    @SuppressWarnings("unchecked") // nothing else is put there
    P page(int hash) {
        return (P) pages[hash >>> Hashes.BITS - depth];
    }

    /** Number of entries. */
    int size() {
        return size;
    }

    int depth() {
        return depth;
    }

    void count(int change) {
        size += change;
    }

    /** Number of cells. */
    int cells() {
        return pages.length;
    }

    /** The cell for a hash. */
    int cell(int hash) {
        return hash >>> Hashes.BITS - depth;
    }

    /** The page in a cell, or null. */
    @SuppressWarnings("unchecked") // nothing else is put there
    P at(int cell) {
        return (P) pages[cell];
    }

    /** Number of cells that the page in a cell stands for, 1 if there is none. */
    int span(int cell) {
        return pages[cell] == null ? 1 : 1 << depth - pages[cell].depth;
    }

    /** First hash behind those that the page in a cell may hold; 2^31 behind the last. */
    long end(int cell) {
        int span = span(cell);
        return (cell / span + 1L) * span << Hashes.BITS - depth;
    }

    /** Puts a page into every cell it stands for. */
    void set(int hash, P page) {
        set(hash, page.depth, page);
    }

    /** Leaves the cells that a page stood for empty. */
    void drop(int hash, P page) {
        set(hash, page.depth, null);
    }

    private void set(int hash, int pageDepth, P page) {
        int free = depth - pageDepth;
        int first = cell(hash) >>> free << free;
        Arrays.fill(pages, first, first + (1 << free), page);
    }

    /**
     * Tells whether a full page of the largest usual size may be split. If many hashes are equal,
     * splitting does not help, and the directory must not double for it again and again: then the
     * page grows instead.
     */
    boolean maySplit(P page) {
        return page.depth < depth || depth < MAX_DEPTH && size / MIN_ENTRIES_PER_CELL >= 2 << depth;
    }

    /** Puts two pages, each for one more leading bit, in the place of one. */
    void split(int hash, P page, int newEpoch, boolean keepOwned) {
        if (page.depth == depth) {
            deepen();
        }
        int bit = 1 << Hashes.BITS - 1 - page.depth;
        int[] all = new int[page.capacity()];
        int high = 0;
        for (int slot = 0; slot < all.length; slot++) {
            if (page.isUsed(slot)) {
                all[slot] = page.hash(slot);
                high += (all[slot] & bit) == 0 ? 0 : 1;
            }
        }
        int low = page.size() - high;
        P below = page.empty(newEpoch, page.depth + 1, Page.capacityFor(low));
        P above = page.empty(newEpoch, page.depth + 1, Page.capacityFor(high));
        for (int slot = 0; slot < all.length; slot++) {
            if (page.isUsed(slot)) {
                page.moveTo((all[slot] & bit) == 0 ? below : above, slot, all[slot], keepOwned);
            }
        }
        set(hash & ~bit, below.depth, low == 0 ? null : below);
        set(hash | bit, above.depth, high == 0 ? null : above);
    }

    private void deepen() {
        Page<?>[] wider = new Page<?>[pages.length * 2];
        for (int cell = 0; cell < wider.length; cell++) {
            wider[cell] = pages[cell >> 1];
        }
        pages = wider;
        depth++;
    }
}
