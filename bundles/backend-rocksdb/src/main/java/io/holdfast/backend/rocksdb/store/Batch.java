package io.holdfast.backend.rocksdb.store;

import io.holdfast.toolkit.io.BytesOutput;
import java.util.Arrays;

/**
 * Writes that reach the database together, in the order they were given. They are not seen by
 * readers before {@link #flush()}, which is also called whenever as much has come together as the
 * store allows. Used by one thread.
 */
public final class Batch {

    // RocksDB's own WriteBatch crosses into native code once for every entry. Its serialized form
    // is
    // that of the write-ahead log, unchanged since the log exists, and has a public constructor; so
    // it is built here and crosses once for thousands of entries, which makes a sorted restore a
    // third faster:
    //
    //   batch  = u64 sequence number (0: to be given), u32 number of records, record*
    //   record = u8 tag, varint id of the column family, varint length, key [varint length, value]
    //
    // in little-endian; tags are those of column families, 4 to 6.
    private static final int HEADER = 12;
    private static final int COUNT = 8;
    private static final int DELETION = 4;
    private static final int VALUE = 5;
    private static final int MERGE = 6;

    /** Most bytes that are worth collecting. */
    public static final int USUAL_BYTES = 64 << 10;

    private static final int LARGE_ENTRY = 1 << 20;

    private final Store store;
    private final int full;
    private BytesOutput records = empty();
    private int count;

    Batch(Store store, int full) {
        this.store = store;
        this.full = full;
    }

    private static BytesOutput empty() {
        BytesOutput out = new BytesOutput(4 << 10);
        out.write(new byte[HEADER], 0, HEADER);
        return out;
    }

    /**
     * Stores an entry.
     *
     * @param column where
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength number of its bytes
     * @param value holds the value
     * @param valueOffset where it begins
     * @param valueLength number of its bytes
     */
    public void put(
            Column column,
            byte[] key,
            int keyOffset,
            int keyLength,
            byte[] value,
            int valueOffset,
            int valueLength) {
        record(VALUE, column, key, keyOffset, keyLength);
        bytes(value, valueOffset, valueLength);
        flushIfFull(valueLength);
    }

    /**
     * Appends to the value of an entry, see {@link Store#append}.
     *
     * @param column where
     * @param key holds the key at its beginning
     * @param keyLength number of its bytes
     * @param value holds what to append at its beginning
     * @param valueLength number of its bytes
     */
    public void append(Column column, byte[] key, int keyLength, byte[] value, int valueLength) {
        record(MERGE, column, key, 0, keyLength);
        bytes(value, 0, valueLength);
        flushIfFull(valueLength);
    }

    /**
     * Removes an entry, if it is there.
     *
     * @param column where
     * @param key holds the key
     * @param keyOffset where it begins
     * @param keyLength number of its bytes
     */
    public void delete(Column column, byte[] key, int keyOffset, int keyLength) {
        record(DELETION, column, key, keyOffset, keyLength);
        flushIfFull(0);
    }

    private void record(int tag, Column column, byte[] key, int keyOffset, int keyLength) {
        records.writeByte(tag);
        records.writeVarInt(column.id());
        bytes(key, keyOffset, keyLength);
        count++;
    }

    private void bytes(byte[] source, int offset, int length) {
        records.writeVarInt(length);
        records.write(source, offset, length);
    }

    private void flushIfFull(int valueLength) {
        if (records.length() >= full) {
            flush();
            if (valueLength >= LARGE_ENTRY) {
                records = empty();
            }
        }
    }

    /**
     * Writes what has been collected. After a failure it is still there, and the next flush tries
     * again.
     */
    public void flush() {
        if (count > 0) {
            byte[] serialized = Arrays.copyOf(records.array(), records.length());
            for (int i = 0; i < 4; i++) {
                serialized[COUNT + i] = (byte) (count >>> 8 * i);
            }
            store.write(serialized);
            clear();
        }
    }

    /** Forgets what has been collected. */
    public void clear() {
        records.truncate(HEADER);
        count = 0;
    }
}
