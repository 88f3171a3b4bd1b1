package org.example.state;

import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.toolkit.ordered.OrderedStore;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The state of one subtask: bytes by key, sorted. */
final class TreeStore implements OrderedStore {
    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public byte[] get(byte[] key) {
        return entries.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(key, value);
    }

    @Override
    public void remove(byte[] key) {
        entries.remove(key);
    }

    @Override
    public Map.Entry<byte[], byte[]> ceiling(byte[] key) {
        return entries.ceilingEntry(key);
    }

    /** Copies the map, not what is in it: nobody ever changes one of those arrays. */
    @Override
    public CloseableIterator<Map.Entry<byte[], byte[]>> snapshot() {
        return CloseableIterator.over(new TreeMap<>(entries).entrySet().iterator());
    }

    @Override
    public void close() {
        entries.clear();
    }
}
