package io.holdfast.backend.rocksdb.store;

import java.nio.charset.StandardCharsets;
import org.rocksdb.ColumnFamilyHandle;

/**
 * Entries of one kind, sorted by the bytes of their keys: a column family. Made by {@link Store}.
 */
public final class Column {
    private final Name name;
    private final ColumnFamilyHandle handle;
    private final int id;

    /**
     * What a column is called in its database.
     *
     * @param number tells columns of the same label apart
     * @param label what it is for
     */
    record Name(int number, String label) {
        private static final char SEPARATOR = ':';

        byte[] bytes() {
            return (number + "" + SEPARATOR + label).getBytes(StandardCharsets.UTF_8);
        }

        /** The name that bytes are, or null if none is. */
        static Name of(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.indexOf(SEPARATOR);
            try {
                return end < 0
                        ? null
                        : new Name(Integer.parseInt(text, 0, end, 10), text.substring(end + 1));
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    Column(Name name, ColumnFamilyHandle handle) {
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

    /**
     * What it is called in files of its database.
     *
     * @return a number that no other column of the database has or had
     */
    public int number() {
        return name.number();
    }

    @Override
    public String toString() {
        return name.label();
    }
}
