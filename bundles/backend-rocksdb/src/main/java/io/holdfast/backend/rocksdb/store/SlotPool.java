package io.holdfast.backend.rocksdb.store;

import io.holdfast.spi.state.MemoryBudget;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The memory that the databases of one slot share.
 *
 * <p>While a version of this module takes over from another one, databases of both are open, and
 * each version has a class loader of its own. So what they share has types of RocksDB's library,
 * which is in the process once, and none of this module's; and whoever takes over lives within the
 * slot's budget from its first block on.
 */
final class SlotPool {
    // Should there be another library after all, its cache is another one.
    private static final String LIBRARY =
            ", library " + Integer.toHexString(System.identityHashCode(LRUCache.class));

    private SlotPool() {}

    /**
     * A part in the memory of a slot.
     *
     * @param budget the slot's
     * @param plan tells memory apart that is divided differently
     * @param sizes what to make, if nobody has yet
     */
    static SharedMemory share(MemoryBudget budget, MemoryPlan plan, SharedMemory.Sizes sizes) {
        String name = plan + LIBRARY;
        MemoryBudget.Share<LRUCache> cache =
                budget.share(
                        "rocksdb cache, " + name,
                        bytes ->
                                new LRUCache(
                                        sizes.cacheBytes(),
                                        SharedMemory.Sizes.SHARDS_BY_SIZE,
                                        false,
                                        sizes.highPriority()));
        MemoryBudget.Share<WriteBufferManager> writeBuffers;
        try {
            writeBuffers =
                    budget.share(
                            "rocksdb write buffers, " + name,
                            bytes -> new WriteBufferManager(sizes.writeBufferBytes(), cache.get()));
        } catch (RuntimeException e) {
            cache.close();
            throw e;
        }
        return new SharedMemory(
                cache.get(),
                writeBuffers.get(),
                sizes,
                () -> {
                    try {
                        writeBuffers.close();
                    } finally {
                        cache.close();
                    }
                });
    }
}
