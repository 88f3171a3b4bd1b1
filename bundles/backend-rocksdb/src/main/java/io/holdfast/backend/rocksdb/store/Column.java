package io.holdfast.backend.rocksdb.store;

import org.rocksdb.ColumnFamilyHandle;

/**
 * Entries of one kind, sorted by the bytes of their keys: a column family. Made by {@link Store}.
 */
public final class Column {
    private final String name;
    private final ColumnFamilyHandle handle;
    private final int id;

    Column(String name, ColumnFamilyHandle handle) {
        this.name = name;
        this.handle = handle;
        this.id = handle.getID();
    }

    ColumnFamilyHandle handle() {
        return handle;
    }

    int id() {
        return id;
    }

    @Override
    public String toString() {
        return name;
    }
}
