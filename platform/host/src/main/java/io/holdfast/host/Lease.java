package io.holdfast.host;

import io.holdfast.api.error.Problem;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a provider: as long as it is held, the provider's module stays. May be used from
 * any thread; whoever took it closes it, after everything that was made with it.
 *
 * @param <F> the service type
 */
public final class Lease<F> implements AutoCloseable {
    private final Entry<F> entry;
    private final Runnable giveBack;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(Entry<F> entry, Runnable giveBack) {
        this.entry = entry;
        this.giveBack = giveBack;
    }

    /**
     * The provider. A failure of its methods names the module.
     *
     * @return a guarded form of it
     * @throws io.holdfast.api.error.HoldfastException MODULE-2006 if the lease was closed
     */
    public F factory() {
        if (closed.get()) {
            throw Problem.bug("MODULE-2006", "A module is used after it was given back.")
                    .with("module", entry.found())
                    .exception();
        }
        return entry.factory();
    }

    /**
     * The names the provider goes by.
     *
     * @return one or more
     */
    public Set<String> names() {
        return entry.names();
    }

    /**
     * Where the provider comes from.
     *
     * @return its origin
     */
    public Origin origin() {
        return entry.found().origin();
    }

    /** Gives the provider back. Idempotent. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            giveBack.run();
        }
    }

    @Override
    public String toString() {
        return "lease of " + entry;
    }
}
