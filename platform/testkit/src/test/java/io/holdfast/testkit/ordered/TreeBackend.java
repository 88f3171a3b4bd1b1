package io.holdfast.testkit.ordered;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.ordered.OrderedBackend;
import io.holdfast.toolkit.ordered.OrderedStore;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The toolkit's backend over sorted maps. */
final class TreeBackend implements StateBackend {

    @Override
    public String name() {
        return "tree";
    }

    @Override
    public Set<SnapshotKind> snapshotKinds() {
        return OrderedBackend.SNAPSHOT_KINDS;
    }

    @Override
    public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
        return OrderedBackend.open(request, new Store());
    }

    /** A sorted map. */
    private static final class Store implements OrderedStore {
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

        @Override
        public CloseableIterator<Map.Entry<byte[], byte[]>> snapshot() {
            return CloseableIterator.over(new TreeMap<>(entries).entrySet().iterator());
        }

        @Override
        public void close() {
            entries.clear();
        }
    }
}
