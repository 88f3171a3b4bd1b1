package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Batch;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.backend.rocksdb.store.Store;
import java.util.HashMap;
import java.util.Map;

/**
 * How the timers differ from the rows of their column: a few thousand changes that are written
 * together. A timer that is added and fired in between is never written at all.
 */
final class PendingTimers {
    private static final byte[] NO_VALUE = {};

    private final Store store;
    private final Column column;
    private final Batch batch;
    private final int most;

    /** True for rows to be written, false for rows to be removed. */
    private final Map<TimerRow, Boolean> changes = new HashMap<>();

    PendingTimers(Store store, Column column, int most) {
        this.store = store;
        this.column = column;
        this.batch = store.batch();
        this.most = most;
    }

    /** Adds a timer that is not there. */
    void add(TimerRow row) {
        change(row, Boolean.TRUE);
    }

    /** Removes a timer that is there. */
    void remove(TimerRow row) {
        change(row, Boolean.FALSE);
    }

    // Adding and removing alternate for a row, so a second change takes back the first.
    private void change(TimerRow row, Boolean present) {
        if (changes.remove(row) == null) {
            if (changes.size() >= most) {
                flush();
            }
            changes.put(row, present);
        }
    }

    /** Whether a timer is there. Looks into the database if no change tells. */
    boolean contains(TimerRow row) {
        Boolean present = changes.get(row);
        return present != null
                ? present
                : store.size(column, row.bytes(), row.bytes().length) != Store.ABSENT;
    }

    /** Makes the column what the timers are. Before anybody scans it. */
    void flush() {
        if (changes.isEmpty()) {
            return;
        }
        batch.clear();
        changes.forEach(
                (row, present) -> {
                    byte[] key = row.bytes();
                    if (present) {
                        batch.put(column, key, 0, key.length, NO_VALUE, 0, 0);
                    } else {
                        batch.delete(column, key, 0, key.length);
                    }
                });
        batch.flush();
        changes.clear();
    }
}
