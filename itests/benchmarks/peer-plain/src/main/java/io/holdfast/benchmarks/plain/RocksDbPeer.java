package io.holdfast.benchmarks.plain;

import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import io.holdfast.benchmarks.state.ValueStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/** RocksDB through its own Java interface, on byte arrays that are allocated once. */
public final class RocksDbPeer implements StatePeer {

    @Override
    public String name() {
        return "plain-rocksdb";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return Map.of(ValueStore.class, Values::new);
    }

    private static final class Values implements ValueStore {

        private final Deque<AutoCloseable> resources = new ArrayDeque<>();
        private final RocksDB db;
        private final WriteOptions withoutLog;

        /** One byte of key group, then the key. */
        private final byte[] keyBytes = new byte[1 + Long.BYTES];

        private final byte[] valueBytes = new byte[Long.BYTES];
        private final ByteBuffer keyBuffer = ByteBuffer.wrap(keyBytes);
        private final ByteBuffer valueBuffer = ByteBuffer.wrap(valueBytes);

        Values(Path directory) throws RocksDBException {
            RocksDB.loadLibrary();
            // A third of the memory for write buffers, which the cache also accounts for; Flink
            // divides it likewise.
            Cache cache = owned(new LRUCache(ROCKSDB_MEMORY_BYTES * 5 / 6, -1, false, 0.1));
            WriteBufferManager writeBuffers =
                    owned(new WriteBufferManager(ROCKSDB_MEMORY_BYTES / 3, cache));
            Options options = owned(new Options());
            options.setCreateIfMissing(true)
                    .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache))
                    .setWriteBufferManager(writeBuffers);
            withoutLog = owned(new WriteOptions().setDisableWAL(true));
            db = owned(RocksDB.open(options, directory.toString()));
        }

        private <T extends AutoCloseable> T owned(T resource) {
            resources.push(resource);
            return resource;
        }

        @Override
        public long get(long key) throws RocksDBException {
            select(key);
            return db.get(keyBytes, valueBytes) == RocksDB.NOT_FOUND ? 0 : valueBuffer.getLong(0);
        }

        @Override
        public void update(long key, long value) throws RocksDBException {
            select(key);
            valueBuffer.putLong(0, value);
            db.put(withoutLog, keyBytes, valueBytes);
        }

        @Override
        public long add(long key, long delta) throws RocksDBException {
            long sum = get(key) + delta;
            valueBuffer.putLong(0, sum);
            db.put(withoutLog, keyBytes, valueBytes);
            return sum;
        }

        @Override
        public void remove(long key) throws RocksDBException {
            select(key);
            db.delete(withoutLog, keyBytes);
        }

        private void select(long key) {
            keyBytes[0] = (byte) ((key >>> 32) % KEY_GROUPS);
            keyBuffer.putLong(1, key);
        }

        @Override
        public void close() throws Exception {
            while (!resources.isEmpty()) {
                resources.pop().close();
            }
        }
    }
}
