package io.holdfast.backend.rocksdb.store;

import java.util.Collection;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.WriteOptions;

/** Leaves RocksDB's options as they are. */
public final class NothingConfigured implements NativeOptions {
    /** Has no state. */
    public NothingConfigured() {}

    @Override
    public DBOptions database(DBOptions base, Collection<AutoCloseable> handlesToClose) {
        return base;
    }

    @Override
    public ColumnFamilyOptions column(
            ColumnFamilyOptions base, Collection<AutoCloseable> handlesToClose) {
        return base;
    }

    @Override
    public ReadOptions reads(ReadOptions base, Collection<AutoCloseable> handlesToClose) {
        return base;
    }

    @Override
    public WriteOptions writes(WriteOptions base, Collection<AutoCloseable> handlesToClose) {
        return base;
    }
}
