package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.backend.rocksdb.store.Scan;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Iterates over the map of one key and namespace, some entries at a time. Between two calls it
 * holds nothing native, so it can be left half-way.
 *
 * @param <U> type of the map keys
 * @param <V> type of the values
 * @param <T> type of what is given
 */
final class MapCursor<U, V, T> implements Iterator<T> {

    /** Makes what is given of an entry. */
    @FunctionalInterface
    interface Part<U, V, T> {
        T of(RocksDbMap<?, ?, U, V> map, MapBatch batch, int index);
    }

    private final RocksDbMap<?, ?, U, V> map;
    private final Part<U, V, T> part;
    private final byte[] prefix;
    private final int most;
    private MapBatch batch;
    private int next;

    /** The batch and index of what was given last, until it is removed. */
    private MapBatch removable;

    private int removableIndex;

    MapCursor(RocksDbMap<?, ?, U, V> map, Part<U, V, T> part) {
        this.map = map;
        this.part = part;
        int prefixLength = map.locate();
        this.prefix = Arrays.copyOf(map.keyBytes(), prefixLength);
        this.most = map.tools().limits().mapBatch();
        readFrom(prefix, false);
    }

    private void readFrom(byte[] key, boolean excluded) {
        try (Scan scan = map.tools().store().scan(map.column())) {
            scan.seek(key);
            if (excluded && scan.keyStartsWith(key, key.length) && scan.keyLength() == key.length) {
                scan.next();
            }
            batch = new MapBatch(scan, prefix, most);
            next = 0;
        }
    }

    @Override
    public boolean hasNext() {
        return next < batch.size() || readOn();
    }

    private boolean readOn() {
        if (batch.isLast()) {
            return false;
        }
        byte[] last = batch.key(batch.size() - 1);
        readFrom(last, true);
        return batch.size() > 0;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        removable = batch;
        removableIndex = next;
        return part.of(map, batch, next++);
    }

    @Override
    public void remove() {
        if (removable == null) {
            throw new IllegalStateException("nothing to remove: call next() first");
        }
        map.removeAt(removable.key(removableIndex));
        removable = null;
    }
}
