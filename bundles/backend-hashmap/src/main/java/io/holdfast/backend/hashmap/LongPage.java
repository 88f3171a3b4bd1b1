package io.holdfast.backend.hashmap;

/**
 * A page whose entries are two numbers of 64 bits, a key and a value, with no object for either.
 * Values are never shared with a snapshot: they are copied with the page.
 */
final class LongPage extends Page<LongPage> {
    /** For each slot its key, then its value. */
    final long[] cells;

    /** An empty page. */
    LongPage(int epoch, int depth, int capacity) {
        super(epoch, depth, capacity);
        this.cells = new long[2 * capacity];
    }

    private LongPage(int epoch, LongPage other) {
        super(epoch, other);
        this.cells = other.cells.clone();
    }

    @Override
    LongPage copy(int newEpoch) {
        return new LongPage(newEpoch, this);
    }

    @Override
    LongPage empty(int newEpoch, int newDepth, int capacity) {
        return new LongPage(newEpoch, newDepth, capacity);
    }

    /** A key's own hash code is that of its number, see {@link Bits}. */
    @Override
    int hash(int slot) {
        return Hashes.of(Long.hashCode(cells[2 * slot]));
    }

    @Override
    void copyCells(int slot, LongPage target, int place, boolean keepOwned) {
        target.cells[2 * place] = cells[2 * slot];
        target.cells[2 * place + 1] = cells[2 * slot + 1];
    }

    @Override
    void clearCells(int slot) {}

    /** Slot of a key's entry, or -1. */
    int find(int hash, long key) {
        long probe = probe(hash);
        int row = home(hash);
        while (true) {
            long tags = rows[row];
            for (long rest = agreeing(tags, probe); rest != 0; rest &= rest - 1) {
                int slot = (row << ROW_SHIFT) + first(rest);
                if (cells[2 * slot] == key && isUsed(slot)) {
                    return slot;
                }
            }
            if (endsAt(tags)) {
                return -1;
            }
            row = row + 1 & rows.length - 1;
        }
    }
}
