package io.holdfast.backend.hashmap;

import java.util.Arrays;

/**
 * A page whose entries are objects: an entry is as many neighbouring {@link #cells} as the table
 * has for each, the first of which is not null.
 */
final class ObjectPage extends Page<ObjectPage> {
    private final EntryHash hashes;

    /** What each slot's entry consists of. */
    final Object[] cells;

    /**
     * A bit for each slot whose value came in while an older epoch was held: no snapshot has it.
     */
    private long[] owned;

    /**
     * An empty page.
     *
     * @param stride number of cells of an entry
     * @param hashes computes the hash of an entry
     */
    ObjectPage(int epoch, int depth, int capacity, int stride, EntryHash hashes) {
        super(epoch, depth, capacity);
        this.hashes = hashes;
        this.cells = new Object[capacity * stride];
    }

    private ObjectPage(int epoch, ObjectPage other) {
        super(epoch, other);
        this.hashes = other.hashes;
        this.cells = other.cells.clone();
    }

    private int stride() {
        return cells.length / capacity();
    }

    @Override
    ObjectPage copy(int newEpoch) {
        return new ObjectPage(newEpoch, this);
    }

    @Override
    ObjectPage empty(int newEpoch, int newDepth, int capacity) {
        return new ObjectPage(newEpoch, newDepth, capacity, stride(), hashes);
    }

    @Override
    int hash(int slot) {
        return hashes.of(cells, slot * stride());
    }

    @Override
    void copyCells(int slot, ObjectPage target, int place, boolean keepOwned) {
        int stride = stride();
        System.arraycopy(cells, slot * stride, target.cells, place * stride, stride);
        if (keepOwned && isOwned(slot)) {
            target.own(place);
        }
    }

    @Override
    void clearCells(int slot) {
        int stride = stride();
        Arrays.fill(cells, slot * stride, (slot + 1) * stride, null);
        if (owned != null) {
            owned[slot >> 6] &= ~(1L << slot);
        }
    }

    /** Tells whether the value of a slot was stored since the page was made. */
    boolean isOwned(int slot) {
        return owned != null && (owned[slot >> 6] & 1L << slot) != 0;
    }

    /** Notes that the value of a slot is known to no snapshot. */
    void own(int slot) {
        if (owned == null) {
            owned = new long[(capacity() + 63) / 64];
        }
        owned[slot >> 6] |= 1L << slot;
    }

    /** Slot of an entry of two cells, key and value, or -1. */
    int find(int hash, Object key) {
        long probe = probe(hash);
        int row = home(hash);
        while (true) {
            long tags = rows[row];
            for (long rest = agreeing(tags, probe); rest != 0; rest &= rest - 1) {
                int slot = (row << ROW_SHIFT) + first(rest);
                if (same(key, cells[2 * slot])) {
                    return slot;
                }
            }
            if (endsAt(tags)) {
                return -1;
            }
            row = row + 1 & rows.length - 1;
        }
    }

    /** Slot of an entry of three cells, key, namespace and value, or -1. */
    int find(int hash, Object key, Object namespace) {
        long probe = probe(hash);
        int row = home(hash);
        while (true) {
            long tags = rows[row];
            for (long rest = agreeing(tags, probe); rest != 0; rest &= rest - 1) {
                int slot = (row << ROW_SHIFT) + first(rest);
                if (same(key, cells[3 * slot]) && same(namespace, cells[3 * slot + 1])) {
                    return slot;
                }
            }
            if (endsAt(tags)) {
                return -1;
            }
            row = row + 1 & rows.length - 1;
        }
    }

    /** Equality of something with what may be null. */
    static boolean same(Object one, Object other) {
        return one == other || one.equals(other);
    }
}
