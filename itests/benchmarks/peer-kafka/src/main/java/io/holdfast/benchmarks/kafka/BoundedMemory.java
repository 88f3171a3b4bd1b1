package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.StatePeer;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Gives RocksDB the memory all peers have, divided like theirs; everything else stays as Kafka
 * Streams sets it.
 *
 * <p>Kafka Streams makes one instance per store.
 */
public final class BoundedMemory implements RocksDBConfigSetter {

    private Cache cache;
    private WriteBufferManager writeBuffers;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        cache = new LRUCache(StatePeer.ROCKSDB_MEMORY_BYTES * 5 / 6, -1, false, 0.1);
        writeBuffers = new WriteBufferManager(StatePeer.ROCKSDB_MEMORY_BYTES / 3, cache);
        BlockBasedTableConfig tables = (BlockBasedTableConfig) options.tableFormatConfig();
        tables.setBlockCache(cache);
        options.setTableFormatConfig(tables);
        options.setWriteBufferManager(writeBuffers);
    }

    @Override
    public void close(String storeName, Options options) {
        writeBuffers.close();
        cache.close();
    }
}
