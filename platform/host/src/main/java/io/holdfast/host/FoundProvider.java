package io.holdfast.host;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * A provider as a source found it, not made yet. Two are the same only if they are one object.
 *
 * @param <F> the service type
 */
public final class FoundProvider<F> {
    private final ProviderKind<F> kind;
    private final String className;
    private final Origin origin;
    private final String module;
    private final Supplier<? extends F> maker;

    /**
     * A found provider.
     *
     * @param kind what it provides
     * @param className the class named in the declaration; for a declaration that cannot be read,
     *     whatever is known of it
     * @param origin where it was found
     * @param maker makes the provider; may throw anything
     */
    public FoundProvider(
            ProviderKind<F> kind, String className, Origin origin, Supplier<? extends F> maker) {
        this(kind, className, origin, "", maker);
    }

    /**
     * A found provider of a module that does not come and go as a whole, such as one of the class
     * path: a {@link FoundModule} of that name lies over it as long as it is there.
     *
     * @param kind what it provides
     * @param className the class named in the declaration
     * @param origin where it was found
     * @param module the module's own name; empty if it states none
     * @param maker makes the provider; may throw anything
     */
    public FoundProvider(
            ProviderKind<F> kind,
            String className,
            Origin origin,
            String module,
            Supplier<? extends F> maker) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.className = Objects.requireNonNull(className, "className");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.module = Objects.requireNonNull(module, "module");
        this.maker = Objects.requireNonNull(maker, "maker");
    }

    /**
     * What it provides.
     *
     * @return the kind
     */
    public ProviderKind<F> kind() {
        return kind;
    }

    /**
     * The class named in the declaration.
     *
     * @return a class name, or whatever is known
     */
    public String className() {
        return className;
    }

    /**
     * Where it was found.
     *
     * @return the origin
     */
    public Origin origin() {
        return origin;
    }

    /**
     * The name of the module it belongs to, if it was reported without one.
     *
     * @return empty if that states no name, or if the provider came with a {@link FoundModule}
     */
    public String module() {
        return module;
    }

    F make() {
        return maker.get();
    }

    /** The class and its origin, as messages name it. */
    @Override
    public String toString() {
        return className + " (" + origin + ")";
    }
}
