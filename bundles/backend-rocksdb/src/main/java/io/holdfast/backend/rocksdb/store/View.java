package io.holdfast.backend.rocksdb.store;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * The content of a database at one moment, whatever is written later. Used by one thread at a time,
 * which need not be the database's. Keeps the database open until it is closed.
 */
public final class View implements AutoCloseable {
    private final RocksDB db;
    private final Snapshot snapshot;
    private final Place place;
    private final Leases.Lease lease;
    private final NativeScope scope = new NativeScope();
    private boolean closed;

    View(RocksDB db, Snapshot snapshot, Place place, Leases.Lease lease) {
        this.db = db;
        this.snapshot = snapshot;
        this.place = place;
        this.lease = lease;
    }

    /**
     * Looks through a column as it was.
     *
     * @param column one that existed when the view was frozen
     * @return a scan; {@link #close()} closes it
     */
    public Scan scan(Column column) {
        if (closed) {
            throw place.closed();
        }
        // A snapshot is read once and in full: it must not push the job's blocks out of the cache.
        ReadOptions options = scope.own(new ReadOptions());
        options.setSnapshot(snapshot).setFillCache(false);
        RocksIterator iterator = scope.own(db.newIterator(column.handle(), options));
        return new Scan(iterator, () -> scope.close(iterator), place, column);
    }

    /** Releases everything, and with it the database. Idempotent. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                scope.close();
                db.releaseSnapshot(snapshot);
            } finally {
                lease.close();
            }
        }
    }
}
