package io.holdfast.backend.rocksdb.store;

import java.util.HashMap;
import java.util.Map;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * Memory that all databases of the process share; made for the first and closed after the last.
 * Thread-safe.
 *
 * <p>It is static because the process is what it belongs to: jobs of one process know nothing of
 * each other, and nobody above them gives memory to a process as a whole. A version of this module
 * that takes over from another one has memory of its own until the other one is gone.
 */
final class ProcessMemory {

    private static final class Pool {
        final NativeScope scope = new NativeScope();
        final SharedMemory.Sizes sizes;
        final Cache cache;
        final WriteBufferManager writeBuffers;
        int shares;

        Pool(SharedMemory.Sizes sizes) {
            this.sizes = sizes;
            cache =
                    scope.own(
                            new LRUCache(
                                    sizes.cacheBytes(),
                                    SharedMemory.Sizes.SHARDS_BY_SIZE,
                                    false,
                                    sizes.highPriority()));
            writeBuffers = scope.own(new WriteBufferManager(sizes.writeBufferBytes(), cache));
        }
    }

    private static final Map<MemoryPlan.FixedPerProcess, Pool> POOLS = new HashMap<>();

    private ProcessMemory() {}

    static SharedMemory share(MemoryPlan.FixedPerProcess plan) {
        synchronized (POOLS) {
            Pool pool =
                    POOLS.computeIfAbsent(
                            plan,
                            made -> new Pool(SharedMemory.Sizes.of(made.bytes(), made.division())));
            pool.shares++;
            return new SharedMemory(
                    pool.cache, pool.writeBuffers, pool.sizes, () -> giveBack(plan));
        }
    }

    private static void giveBack(MemoryPlan.FixedPerProcess plan) {
        synchronized (POOLS) {
            if (--POOLS.get(plan).shares == 0) {
                POOLS.remove(plan).scope.close();
            }
        }
    }
}
