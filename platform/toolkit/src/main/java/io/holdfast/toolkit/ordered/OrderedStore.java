package io.holdfast.toolkit.ordered;

import io.holdfast.spi.state.CloseableIterator;
import java.io.IOException;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Bytes by key, in the order of their keys compared as unsigned bytes ({@link
 * java.util.Arrays#compareUnsigned(byte[], byte[])}). Holds all entries of one keyed backend; empty
 * at first.
 *
 * <p>All methods are called by one thread at a time, and none after {@link #close()}. Arrays that
 * are passed in are never changed afterwards by the caller, arrays that are returned neither, so a
 * store may keep and return the very same ones. Keys and values are not null; values may be empty.
 * A store that fails throws an unchecked exception, such as {@link java.io.UncheckedIOException}.
 */
@ConsumerType
public interface OrderedStore extends AutoCloseable {

    /**
     * Reads one entry.
     *
     * @param key the key
     * @return its value, or null if there is none
     */
    byte[] get(byte[] key);

    /**
     * Stores one entry, in place of the one there.
     *
     * @param key the key
     * @param value its value
     */
    void put(byte[] key, byte[] value);

    /**
     * Removes one entry.
     *
     * @param key the key; nothing happens if it is absent
     */
    void remove(byte[] key);

    /**
     * The first entry whose key is the given one or behind it.
     *
     * @param key where to begin; need not be present
     * @return the entry, or null if there is none
     */
    Map.Entry<byte[], byte[]> ceiling(byte[] key);

    /**
     * Fixes the present content. Should be short: what grows with the content is better done while
     * iterating. What is stored or removed later does not appear in the iterator.
     *
     * @return all entries in order; used and closed on another thread than this store, by one
     *     thread at a time, and closed before this store is
     * @throws IOException if the content cannot be fixed; the store stays usable
     */
    CloseableIterator<Map.Entry<byte[], byte[]>> snapshot() throws IOException;

    /**
     * Releases everything. Called once.
     *
     * @throws IOException if something could not be released
     */
    @Override
    void close() throws IOException;
}
