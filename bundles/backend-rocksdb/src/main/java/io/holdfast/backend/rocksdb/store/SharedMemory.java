package io.holdfast.backend.rocksdb.store;

import io.holdfast.spi.state.MemoryBudget;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that all databases of one slot share: a block cache, and write buffers whose memory is
 * charged to that cache. Thread-safe.
 */
public final class SharedMemory implements AutoCloseable {

    // Write buffers may outgrow their limit by half while they are being flushed. With W for their
    // limit, C for the cache, r for their share of the budget B: W * 3/2 = r * B and C + W/2 = B
    // keep the sum within the budget and give W = 2rB/3, C = (3 - r)B/3.
    private static final double WRITE_BUFFER_RATIO = 0.5;
    private static final double HIGH_PRIORITY_RATIO = 0.1;
    private static final int SHARDS_BY_SIZE = -1;

    private final NativeScope scope = new NativeScope();
    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final long writeBufferBytes;

    private SharedMemory(long budget) {
        long cacheBytes = (long) ((3 - WRITE_BUFFER_RATIO) * budget / 3);
        writeBufferBytes = (long) (2 * WRITE_BUFFER_RATIO * budget / 3);
        cache = scope.own(new LRUCache(cacheBytes, SHARDS_BY_SIZE, false, HIGH_PRIORITY_RATIO));
        writeBuffers = scope.own(new WriteBufferManager(writeBufferBytes, cache));
    }

    /**
     * A share of the slot's memory.
     *
     * @param budget the slot's; RocksDB's library is loaded
     * @return the share; the caller closes it, after its database
     */
    public static MemoryBudget.Share<SharedMemory> of(MemoryBudget budget) {
        return budget.share("rocksdb", SharedMemory::new);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    long writeBufferBytes() {
        return writeBufferBytes;
    }

    @Override
    public void close() {
        scope.close();
    }
}
