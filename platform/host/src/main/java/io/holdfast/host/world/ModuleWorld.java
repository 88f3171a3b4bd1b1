package io.holdfast.host.world;

import io.holdfast.host.Origin;
import io.holdfast.host.archive.ModuleArchive;
import io.holdfast.spi.state.StateBackendFactory;

/**
 * A way to make code of a module's jar. Two versions of one module may be loaded at a time. Calls
 * come one after the other, from any thread.
 *
 * <p>A jar that provides nothing is a library: from then on, modules that require it find it. It is
 * never loaded twice and never unloaded before the world is closed.
 */
public interface ModuleWorld extends AutoCloseable {

    /**
     * The world for modules of this program: layers if the contracts are a named module here, class
     * loaders if they are on the class path.
     *
     * @return a new world; the caller closes it
     */
    static ModuleWorld ofThisProcess() {
        return StateBackendFactory.class.getModule().isNamed()
                ? new LayerWorld()
                : new LoaderWorld(ModuleWorld.class.getClassLoader());
    }

    /**
     * Names the world in origins.
     *
     * @return such as {@code module layer}
     */
    String name();

    /**
     * Loads a module. Runs no code of it, but what its world runs when a module starts.
     *
     * @param archive a sound and trusted archive, which stays until the module is unloaded
     * @param origin where it came from
     * @return the module; the caller unloads it
     * @throws io.holdfast.api.error.HoldfastException MODULE-2014 if it does not fit: something it
     *     requires is missing or of another version. It may fit when other modules come or go
     */
    LoadedModule load(ModuleArchive archive, Origin origin);

    /** Releases everything. What was loaded is not to be used any more. Idempotent. */
    @Override
    void close();
}
