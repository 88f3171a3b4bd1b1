/**
 * Modules as OSGi bundles. Read {@link io.holdfast.osgi.BundleWorld} for a framework of the host's
 * own, {@link io.holdfast.osgi.FrameworkSource} for a host in somebody else's.
 *
 * <p>Bundles say what they provide by the standard header that bnd derives from their services file
 * ({@code osgi.serviceloader}); the host reads that, and needs no mediator from elsewhere.
 *
 * <p>Depends on the host and on the OSGi core specification. A program on the class path or the
 * module path needs none of it.
 */
@Version("1.0.0")
package io.holdfast.osgi;

import org.osgi.annotation.versioning.Version;
