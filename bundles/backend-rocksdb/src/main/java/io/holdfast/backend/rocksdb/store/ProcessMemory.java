package io.holdfast.backend.rocksdb.store;

import io.holdfast.spi.state.MemoryBudget;
import java.util.HashMap;
import java.util.Map;

/**
 * Memory that all databases of the process share; made for the first and closed after the last.
 * Thread-safe.
 *
 * <p>It is static because the process is what it belongs to: jobs of one process know nothing of
 * each other, and nobody above them gives memory to a process as a whole.
 */
final class ProcessMemory implements MemoryBudget.Share<SharedMemory> {

    private static final class Pool {
        final SharedMemory memory;
        int shares;

        Pool(SharedMemory memory) {
            this.memory = memory;
        }
    }

    private static final Map<MemoryPlan.FixedPerProcess, Pool> POOLS = new HashMap<>();

    private final MemoryPlan.FixedPerProcess plan;
    private final SharedMemory memory;
    private boolean closed;

    private ProcessMemory(MemoryPlan.FixedPerProcess plan, SharedMemory memory) {
        this.plan = plan;
        this.memory = memory;
    }

    static MemoryBudget.Share<SharedMemory> share(MemoryPlan.FixedPerProcess plan) {
        synchronized (POOLS) {
            Pool pool =
                    POOLS.computeIfAbsent(
                            plan,
                            made -> new Pool(new SharedMemory(made.bytes(), made.division())));
            pool.shares++;
            return new ProcessMemory(plan, pool.memory);
        }
    }

    @Override
    public SharedMemory get() {
        return memory;
    }

    @Override
    public void close() {
        synchronized (POOLS) {
            if (closed) {
                return;
            }
            closed = true;
            if (--POOLS.get(plan).shares == 0) {
                POOLS.remove(plan).memory.close();
            }
        }
    }
}
