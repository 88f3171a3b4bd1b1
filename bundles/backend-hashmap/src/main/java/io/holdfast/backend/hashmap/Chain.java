package io.holdfast.backend.hashmap;

import io.holdfast.backend.hashmap.format.Segment;
import io.holdfast.backend.hashmap.table.Hashes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the entries of one state in one key group are: a whole segment and later ones that say what
 * has changed since. Immutable.
 *
 * @param segments the segments; none if there are no entries
 * @param wholeBytes bytes of the first
 * @param laterBytes bytes of the others
 */
record Chain(List<Segment<HeapFile>> segments, long wholeBytes, long laterBytes) {
    /** No entries. */
    static final Chain EMPTY = new Chain(List.of(), 0, 0);

    private static final int SEGMENTS = 48;
    private static final int SPREAD = 32;
    private static final int FULL = 64;

    Chain {
        segments = List.copyOf(segments);
    }

    static Chain of(Segment<HeapFile> whole) {
        return new Chain(List.of(whole), whole.length(), 0);
    }

    Chain with(Segment<HeapFile> later) {
        List<Segment<HeapFile>> longer = new ArrayList<>(segments);
        longer.add(later);
        return new Chain(longer, wholeBytes, laterBytes + later.length());
    }

    boolean isEmpty() {
        return segments.isEmpty();
    }

    /**
     * Tells whether its entries should be written whole once more: when what came later is about as
     * much as the whole, or is in very many places. That happens to each group at another time, so
     * that no checkpoint has to do it for all: the bound is between 3/4 and 5/4 of the whole, and
     * between 48 and 80 segments.
     */
    boolean isDue(int keyGroup) {
        int part = SEGMENTS + Hashes.of(keyGroup) % SPREAD;
        return segments.size() >= part || laterBytes * FULL > wholeBytes * part;
    }
}
