package io.holdfast.backend.rocksdb.store;

import java.util.Arrays;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Goes through the entries of a column in the order of their keys. Used by one thread.
 *
 * <p>Position it by {@link #seek}, then read {@link #key()} and {@link #value()} while {@link
 * #isValid()}, and go on by {@link #next()}.
 */
public final class Scan implements AutoCloseable {
    private static final int KEPT_VALUE_BYTES = 1 << 20;

    private final RocksIterator iterator;
    private final Runnable release;
    private final Place place;
    private final Column column;
    private byte[] key = new byte[64];
    private byte[] value = new byte[1 << 10];
    private int keyLength;
    private int valueLength = -1;
    private boolean valid;

    Scan(RocksIterator iterator, Runnable release, Place place, Column column) {
        this.iterator = iterator;
        this.release = release;
        this.place = place;
        this.column = column;
    }

    /**
     * Goes to the first entry whose key is not smaller than some bytes.
     *
     * @param from the bytes
     */
    public void seek(byte[] from) {
        requireOpen();
        iterator.seek(from);
        arrive();
    }

    /** Goes to the next entry. Only while {@link #isValid()}. */
    public void next() {
        requireOpen();
        iterator.next();
        arrive();
    }

    // The key is read at once: nobody goes to an entry without looking at its key.
    private void arrive() {
        valueLength = -1;
        valid = iterator.isValid();
        if (!valid) {
            try {
                iterator.status();
            } catch (RocksDBException e) {
                throw place.failure("reading state '" + column + "'", e);
            }
            return;
        }
        keyLength = iterator.key(key, 0, key.length);
        if (keyLength > key.length) {
            key = new byte[2 * keyLength];
            keyLength = iterator.key(key, 0, key.length);
        }
    }

    /**
     * Tells whether there is an entry here.
     *
     * @return false behind the last one
     */
    public boolean isValid() {
        return valid;
    }

    /**
     * Holds the key of the entry at its beginning.
     *
     * @return an array that is used again for the next entry
     */
    public byte[] key() {
        return key;
    }

    /**
     * Number of bytes of the key.
     *
     * @return the number
     */
    public int keyLength() {
        return keyLength;
    }

    /**
     * Tells whether the key begins with some bytes.
     *
     * @param prefix holds them at its beginning
     * @param length how many
     * @return false also behind the last entry
     */
    public boolean keyStartsWith(byte[] prefix, int length) {
        return valid && keyLength >= length && Arrays.equals(key, 0, length, prefix, 0, length);
    }

    /**
     * Holds the value of the entry at its beginning.
     *
     * @return an array that is used again for the next entry
     */
    public byte[] value() {
        readValue();
        return value;
    }

    /**
     * Number of bytes of the value.
     *
     * @return the number
     */
    public int valueLength() {
        readValue();
        return valueLength;
    }

    private void readValue() {
        if (valueLength >= 0) {
            return;
        }
        requireOpen();
        if (value.length > KEPT_VALUE_BYTES) {
            value = new byte[1 << 10];
        }
        valueLength = iterator.value(value, 0, value.length);
        if (valueLength > value.length) {
            value = new byte[valueLength];
            valueLength = iterator.value(value, 0, value.length);
        }
    }

    private void requireOpen() {
        if (!iterator.isOwningHandle()) {
            throw place.closed();
        }
    }

    /** Releases the iterator. Idempotent. */
    @Override
    public void close() {
        release.run();
    }
}
