package io.holdfast.host.world;

import io.holdfast.host.FoundProvider;
import java.util.List;

/**
 * A module in memory.
 *
 * @param providers what it provides; none if it is a library
 * @param loader defines its classes
 * @param unload ends it; called once, after everything that was made with its providers was closed
 */
public record LoadedModule(List<FoundProvider<?>> providers, ClassLoader loader, Runnable unload) {
    /** Copies the list. */
    public LoadedModule {
        providers = List.copyOf(providers);
    }
}
