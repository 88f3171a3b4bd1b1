package io.holdfast.host;

import java.util.List;
import java.util.Objects;

/**
 * A module as a source found it: several providers that come and go together. Two are the same only
 * if they are one object.
 */
public final class FoundModule {
    private final String name;
    private final Origin origin;
    private final List<FoundProvider<?>> providers;
    private final Runnable released;

    /**
     * A found module.
     *
     * @param name its own name
     * @param origin where it was found
     * @param providers what it provides; none if it is a library that others need
     * @param released called once, after the module left and the last lease of its providers ended;
     *     from the thread that ended it, which must not be kept waiting
     */
    public FoundModule(
            String name, Origin origin, List<FoundProvider<?>> providers, Runnable released) {
        this.name = Objects.requireNonNull(name, "name");
        this.origin = Objects.requireNonNull(origin, "origin");
        this.providers = List.copyOf(providers);
        this.released = Objects.requireNonNull(released, "released");
    }

    /**
     * Its own name.
     *
     * @return name of the Java module or symbolic name of the bundle
     */
    public String name() {
        return name;
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
     * What it provides.
     *
     * @return none if it is a library
     */
    public List<FoundProvider<?>> providers() {
        return providers;
    }

    /** Says that nobody uses it any more. */
    void released() {
        released.run();
    }

    /** Name and origin. */
    @Override
    public String toString() {
        return name + " (" + origin + ")";
    }
}
