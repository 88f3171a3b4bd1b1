/**
 * A folder whose jars are the modules of a running host. Read {@link
 * io.holdfast.host.folder.ModuleFolder}.
 *
 * <p>The order of a deployment is fixed: wait until the jar is whole, copy it to a private place,
 * check the archive, check trust, load it in its world, make its providers, and only then let it
 * take the place of its predecessor. What fails on the way leaves the predecessor as it was.
 *
 * <p>Knows archives and worlds; is a source of the registry like any other.
 */
@Version("1.0.0")
package io.holdfast.host.folder;

import org.osgi.annotation.versioning.Version;
