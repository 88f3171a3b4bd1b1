/**
 * Worlds in which a module's jar becomes code. Read {@link io.holdfast.host.world.ModuleWorld},
 * then {@link io.holdfast.host.world.LayerWorld} and {@link io.holdfast.host.world.LoaderWorld}.
 *
 * <p>A module sees the JDK, the host's own libraries ({@link io.holdfast.host.world.HostLibraries})
 * and the library modules that it requires; never the host, the engine or another provider.
 *
 * <p>Knows archives and what sources report; knows no folder.
 */
@Version("1.0.0")
package io.holdfast.host.world;

import org.osgi.annotation.versioning.Version;
