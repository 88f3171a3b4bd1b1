package io.holdfast.spi.state;

import java.util.function.LongFunction;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Memory outside the heap for all keyed backends of one slot, that is, of one subtask index of a
 * job. Implemented by the engine.
 */
@ProviderType
public interface MemoryBudget {

    /**
     * The size of the budget.
     *
     * @return bytes, more than 0
     */
    long bytes();

    /**
     * A resource that all backends of the slot share, such as a native cache. The first caller
     * makes it; it is closed when the last one has closed its share.
     *
     * @param name names the resource within the slot
     * @param maker makes the resource for a number of bytes, {@link #bytes()}
     * @param <R> type of the resource, the same for the same name
     * @return the caller's share; the caller closes it
     */
    <R extends AutoCloseable> Share<R> share(String name, LongFunction<R> maker);

    /**
     * A share of a resource.
     *
     * @param <R> type of the resource
     */
    @ProviderType
    interface Share<R extends AutoCloseable> extends AutoCloseable {

        /**
         * The resource.
         *
         * @return the same object for all shares
         */
        R get();

        /** Gives the share back. Idempotent. */
        @Override
        void close();
    }
}
