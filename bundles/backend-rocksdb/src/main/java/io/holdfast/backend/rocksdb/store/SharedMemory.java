package io.holdfast.backend.rocksdb.store;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that databases of one slot or process share: a block cache, and write buffers whose
 * memory is charged to that cache. Thread-safe.
 */
public final class SharedMemory implements AutoCloseable {

    // Write buffers may outgrow their limit by half while they are being flushed. With W for their
    // limit, C for the cache, r for their share of the budget B: W * 3/2 = r * B and C + W/2 = B
    // keep the sum within the budget and give W = 2rB/3, C = (3 - r)B/3.
    private static final int SHARDS_BY_SIZE = -1;

    private final NativeScope scope = new NativeScope();
    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final long writeBufferBytes;
    private final boolean partitioned;

    SharedMemory(long budget, MemoryPlan.Division division) {
        double written = division.writeBuffers();
        long cacheBytes = (long) ((3 - written) * budget / 3);
        writeBufferBytes = (long) (2 * written * budget / 3);
        partitioned = division.partitioned();
        cache = scope.own(new LRUCache(cacheBytes, SHARDS_BY_SIZE, false, division.highPriority()));
        writeBuffers = scope.own(new WriteBufferManager(writeBufferBytes, cache));
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

    /** Whether indexes and filters are cut into blocks. */
    boolean partitioned() {
        return partitioned;
    }

    @Override
    public void close() {
        scope.close();
    }
}
