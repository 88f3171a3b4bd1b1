package io.holdfast.backend.rocksdb.store;

import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.Cache;
import org.rocksdb.WriteBufferManager;

/**
 * One holder's part in the memory that databases of one slot or process share: a block cache, and
 * write buffers whose memory is charged to that cache. Thread-safe.
 */
public final class SharedMemory implements AutoCloseable {

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final Sizes sizes;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** What a budget is cut into. */
    record Sizes(long cacheBytes, long writeBufferBytes, MemoryPlan.Division division) {

        // Write buffers may outgrow their limit by half while they are being flushed. With W for
        // their limit, C for the cache, r for their share of the budget B: W * 3/2 = r * B and
        // C + W/2 = B keep the sum within the budget and give W = 2rB/3, C = (3 - r)B/3.
        static final int SHARDS_BY_SIZE = -1;

        static Sizes of(long budget, MemoryPlan.Division division) {
            double written = division.writeBuffers();
            return new Sizes(
                    (long) ((3 - written) * budget / 3),
                    (long) (2 * written * budget / 3),
                    division);
        }

        double highPriority() {
            return division.highPriority();
        }
    }

    SharedMemory(Cache cache, WriteBufferManager writeBuffers, Sizes sizes, Runnable giveBack) {
        this.cache = cache;
        this.writeBuffers = writeBuffers;
        this.sizes = sizes;
        this.giveBack = giveBack;
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    long writeBufferBytes() {
        return sizes.writeBufferBytes();
    }

    /** Whether indexes and filters are cut into blocks. */
    boolean partitioned() {
        return sizes.division().partitioned();
    }

    /** Gives the part back; the last one closes the memory. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}
