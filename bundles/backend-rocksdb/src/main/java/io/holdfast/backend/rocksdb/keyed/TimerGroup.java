package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Scan;
import java.util.Arrays;

/**
 * The timers of one key group, of which the earliest are held in memory.
 *
 * <p>Invariant: the rows held are the smallest of the group. If {@code complete}, there are no
 * others; else all others are greater than the greatest row that was ever held since the last
 * reading.
 */
final class TimerGroup {
    private static final int LEAST_ROOM = 8;

    private final byte[] prefix;
    private final int most;

    /** Rows {@code from} to {@code to - 1}, ascending. */
    private TimerRow[] rows = new TimerRow[LEAST_ROOM];

    private int from;
    private int to;
    private boolean complete;

    /** Where to read on when no row is held; null for the beginning of the group. */
    private byte[] bound;

    /**
     * A group of which nothing is held.
     *
     * @param prefix the key group as bytes
     * @param most most rows to hold
     * @param isEmpty whether it has certainly no timers
     */
    TimerGroup(byte[] prefix, int most, boolean isEmpty) {
        this.prefix = prefix;
        this.most = most;
        this.complete = isEmpty;
    }

    /** The earliest timer, or null if there is none, or if {@link #mustRead()}. */
    TimerRow head() {
        return from == to ? null : rows[from];
    }

    /** Whether no row is held although there may be some. */
    boolean mustRead() {
        return from == to && !complete;
    }

    /** Reads on. Changes that are pending were written before. */
    void read(Scan scan) {
        from = 0;
        to = 0;
        byte[] start = bound == null ? prefix : bound;
        scan.seek(start);
        if (bound != null
                && scan.keyLength() == bound.length
                && scan.keyStartsWith(bound, bound.length)) {
            scan.next();
        }
        while (to < most && scan.keyStartsWith(prefix, prefix.length)) {
            makeRoom();
            rows[to++] = new TimerRow(Arrays.copyOf(scan.key(), scan.keyLength()));
            scan.next();
        }
        complete = !scan.keyStartsWith(prefix, prefix.length);
    }

    /** Whether the rows held tell if a timer is there. */
    boolean knows(TimerRow row) {
        return complete || from < to && row.compareTo(rows[to - 1]) <= 0;
    }

    /** Whether a timer is held. */
    boolean holds(TimerRow row) {
        return find(row) >= 0;
    }

    private int find(TimerRow row) {
        return Arrays.binarySearch(rows, from, to, row);
    }

    /** Adds a timer that is not there. Only if nothing must be read. */
    void add(TimerRow row) {
        if (!knows(row)) {
            return;
        }
        int at = -find(row) - 1;
        if (to - from == most) {
            complete = false;
            if (at == to) {
                return;
            }
            rows[--to] = null;
        }
        insert(at, row);
    }

    private void insert(int at, TimerRow row) {
        int shift = makeRoom();
        int place = at - shift;
        System.arraycopy(rows, place, rows, place + 1, to - place);
        rows[place] = row;
        to++;
    }

    /** Makes room behind the last row; by how much the rows moved to the front. */
    private int makeRoom() {
        if (to < rows.length) {
            return 0;
        }
        int shift = from;
        int count = to - from;
        TimerRow[] target = 2 * count > rows.length ? new TimerRow[2 * rows.length] : rows;
        System.arraycopy(rows, from, target, 0, count);
        if (target == rows) {
            Arrays.fill(rows, count, to, null);
        }
        rows = target;
        from = 0;
        to = count;
        return shift;
    }

    /** Removes a timer if it is held. */
    void remove(TimerRow row) {
        int at = find(row);
        if (at >= 0) {
            leave(rows[at]);
            System.arraycopy(rows, at + 1, rows, at, to - at - 1);
            rows[--to] = null;
        }
    }

    /** Takes the earliest timer. */
    TimerRow poll() {
        TimerRow first = rows[from];
        leave(first);
        rows[from++] = null;
        return first;
    }

    /** The last row held leaves: what is not held begins behind it. */
    private void leave(TimerRow row) {
        if (to - from == 1) {
            bound = row.bytes();
        }
    }
}
