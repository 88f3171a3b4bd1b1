package io.holdfast.runtime.job;

import io.holdfast.spi.state.MemoryBudget;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The budget of one slot; counts the shares of each resource. Used by several tasks. */
public final class SlotMemory implements MemoryBudget {
    private static final Logger LOG = LoggerFactory.getLogger(SlotMemory.class);

    private static final class Shared {
        final AutoCloseable resource;
        int shares;

        Shared(AutoCloseable resource) {
            this.resource = resource;
        }
    }

    private final long bytes;
    private final Map<String, Shared> resources = new HashMap<>();

    /**
     * A budget nobody has a share of yet.
     *
     * @param bytes its size, more than 0
     */
    public SlotMemory(long bytes) {
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <R extends AutoCloseable> Share<R> share(
            String name, LongFunction<R> maker) {
        Shared shared = resources.get(name);
        if (shared == null) {
            shared = new Shared(maker.apply(bytes));
            resources.put(name, shared);
        }
        shared.shares++;
        R resource = (R) shared.resource;
        AtomicBoolean closed = new AtomicBoolean();
        return new Share<>() {
            @Override
            public R get() {
                return resource;
            }

            @Override
            public void close() {
                if (closed.compareAndSet(false, true)) {
                    giveBack(name);
                }
            }
        };
    }

    private synchronized void giveBack(String name) {
        Shared shared = resources.get(name);
        if (--shared.shares > 0) {
            return;
        }
        resources.remove(name);
        try {
            shared.resource.close();
        } catch (Exception e) {
            LOG.warn("Closing the shared resource '{}' failed", name, e);
        }
    }
}
