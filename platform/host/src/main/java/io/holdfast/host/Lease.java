package io.holdfast.host;

import io.holdfast.api.error.Problem;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The right to use a provider: as long as it is held, the provider's module stays. May be used from
 * any thread; whoever took it closes it, after everything that was made with it.
 *
 * @param <F> the service type
 */
public final class Lease<F> implements AutoCloseable {
    // Null when the lease is closed: a lease that is kept must not keep its module.
    private final AtomicReference<Entry<F>> entry;
    private final Consumer<Entry<F>> giveBack;
    private final Set<String> names;
    private final Origin origin;
    private final String text;

    Lease(Entry<F> entry, Consumer<Entry<F>> giveBack) {
        this.entry = new AtomicReference<>(entry);
        this.giveBack = giveBack;
        this.names = entry.names();
        this.origin = entry.found().origin();
        this.text = "lease of " + entry;
    }

    /**
     * The provider. A failure of its methods names the module.
     *
     * @return a guarded form of it
     * @throws io.holdfast.api.error.HoldfastException MODULE-2006 if the lease was closed
     */
    public F factory() {
        Entry<F> held = entry.get();
        if (held == null) {
            throw Problem.bug("MODULE-2006", "A module is used after it was given back.")
                    .with("module", text)
                    .exception();
        }
        return held.factory();
    }

    /**
     * The names the provider goes by.
     *
     * @return one or more
     */
    public Set<String> names() {
        return names;
    }

    /**
     * Where the provider comes from.
     *
     * @return its origin
     */
    public Origin origin() {
        return origin;
    }

    /**
     * Tells whether another lease is of the very same provider: not only of one with the same name,
     * which may be another version of it.
     *
     * @param other a lease
     * @return false also if one of them was closed
     */
    public boolean isOf(Lease<?> other) {
        Entry<F> held = entry.get();
        return held != null && held == other.entry.get();
    }

    /** Gives the provider back. Idempotent. */
    @Override
    public void close() {
        Entry<F> held = entry.getAndSet(null);
        if (held != null) {
            giveBack.accept(held);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
