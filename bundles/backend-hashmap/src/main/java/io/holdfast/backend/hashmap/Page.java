package io.holdfast.backend.hashmap;

import java.util.Arrays;

/**
 * Some entries of one key group: a hash table of a few dozen slots. What an entry consists of is
 * the business of the two kinds: {@link ObjectPage} and {@link LongPage}.
 *
 * <p>Once its epoch is held by a snapshot, a page is never written again. Slots keep their places
 * in a {@link #copy}.
 *
 * @param <P> the kind
 */
abstract sealed class Page<P extends Page<P>> permits ObjectPage, LongPage {
    /*
     * Eight slots make a row, whose tags are the bytes of one long: 0 to 127 is a part of the hash
     * of the entry in that slot, EMPTY a slot that ends a search, DELETED one that does not. A
     * search compares all tags of a row at once and looks at the cells of those that agree, hardly
     * ever at another entry's; it goes to the next row only if none is empty. So its one branch is
     * nearly always taken the same way and the processor runs ahead into the next access, where
     * probing slot by slot stops it at every second one. (The idea is that of the Swiss tables of
     * Abseil, there with vector instructions.)
     *
     * An entry goes to the first row with room, from its home row on. Removing leaves DELETED if
     * the row has no empty slot, since a search may have to go past it; those go away when the page
     * is made anew.
     */
    static final int SMALLEST = 8;
    static final int LARGEST = 64;

    static final int ROW_SHIFT = 3;
    static final int TAG_BITS = 7;

    private static final int ROW = 1 << ROW_SHIFT;
    private static final long EACH = 0x0101010101010101L;
    private static final long TOP = 0x8080808080808080L;
    private static final long EMPTY = 0x80;
    private static final long EMPTY_ROW = 0x8080808080808080L;
    private static final long DELETED = 0xFE;

    /** When it was made. */
    final int epoch;

    /** Number of leading bits that all hashes in it have in common. */
    final int depth;

    /** Tags of each row. */
    final long[] rows;

    private int size;
    private int deleted;

    /** An empty page. */
    Page(int epoch, int depth, int capacity) {
        this.epoch = epoch;
        this.depth = depth;
        this.rows = new long[capacity / ROW];
        Arrays.fill(rows, EMPTY_ROW);
    }

    /** A page with the slots of another one. */
    Page(int epoch, Page<P> other) {
        this.epoch = epoch;
        this.depth = other.depth;
        this.rows = other.rows.clone();
        this.size = other.size;
        this.deleted = other.deleted;
    }

    /** A capacity for {@code count} entries and, up to the largest usual size, some more. */
    static int capacityFor(int count) {
        int capacity = SMALLEST;
        while (capacity < LARGEST && limit(capacity) <= count + count / 4) {
            capacity *= 2;
        }
        while (limit(capacity) < count) {
            capacity *= 2;
        }
        return capacity;
    }

    private static int limit(int capacity) {
        return capacity - capacity / 8;
    }

    int size() {
        return size;
    }

    int capacity() {
        return rows.length * ROW;
    }

    boolean isFull() {
        return size + deleted >= limit(capacity());
    }

    /** Tells whether it is full mainly of what was deleted. */
    boolean isWorn() {
        return deleted > limit(capacity()) / 2;
    }

    boolean isSparse() {
        return capacity() > SMALLEST && size < capacity() / 8;
    }

    /** The tag of a hash in every byte. */
    static long probe(int hash) {
        return (hash & (1 << TAG_BITS) - 1) * EACH;
    }

    /** The row where the search for a hash begins. */
    int home(int hash) {
        return hash >>> TAG_BITS & rows.length - 1;
    }

    /**
     * The slots of a row whose tag agrees, a bit in the byte of each; rarely one too many, whose
     * cells may be null.
     */
    static long agreeing(long row, long probe) {
        long difference = row ^ probe;
        return difference - EACH & ~difference & TOP;
    }

    /** Tells whether a search ends at a row. */
    static boolean endsAt(long row) {
        return (row & ~(row << 6) & TOP) != 0;
    }

    /** The first slot that {@link #agreeing} told, in its row. */
    static int first(long agreeing) {
        return Long.numberOfTrailingZeros(agreeing) >>> 3;
    }

    /** The same entries in the same slots, all of them shared with this page. */
    abstract P copy(int newEpoch);

    /** An empty page of the same kind. */
    abstract P empty(int newEpoch, int newDepth, int capacity);

    /** Hash of the entry in a slot. */
    abstract int hash(int slot);

    /** Copies what the entry of a slot consists of. */
    abstract void copyCells(int slot, P target, int place, boolean keepOwned);

    /** Forgets what the entry of a slot consisted of. */
    abstract void clearCells(int slot);

    /**
     * Puts an entry of this page into a page that has room. This page is not changed.
     *
     * @param keepOwned whether what this page owns is still unknown to every snapshot
     */
    final void moveTo(P target, int slot, int hash, boolean keepOwned) {
        copyCells(slot, target, target.claim(hash), keepOwned);
    }

    /** Tells whether a slot has an entry. */
    final boolean isUsed(int slot) {
        return (tag(slot) & EMPTY) == 0;
    }

    /** Takes a free slot for a new entry; the caller fills its cells. The page must not be full. */
    int claim(int hash) {
        int row = home(hash);
        while ((rows[row] & TOP) == 0) {
            row = row + 1 & rows.length - 1;
        }
        int slot = row * ROW + first(rows[row] & TOP);
        if (tag(slot) == DELETED) {
            deleted--;
        }
        setTag(slot, hash & (1 << TAG_BITS) - 1);
        size++;
        return slot;
    }

    private long tag(int slot) {
        return rows[slot >> ROW_SHIFT] >>> (slot & ROW - 1) * 8 & 0xFF;
    }

    private void setTag(int slot, long tag) {
        int shift = (slot & ROW - 1) * 8;
        int row = slot >> ROW_SHIFT;
        rows[row] = rows[row] & ~(0xFFL << shift) | tag << shift;
    }

    /** Takes an entry out. */
    void remove(int slot) {
        if (endsAt(rows[slot >> ROW_SHIFT])) {
            setTag(slot, EMPTY);
        } else {
            setTag(slot, DELETED);
            deleted++;
        }
        clearCells(slot);
        size--;
    }
}
