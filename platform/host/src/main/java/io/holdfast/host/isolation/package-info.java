/**
 * Keeps a module from hurting its host: it is waited for only so long, and what it leaves behind is
 * found. Read {@link io.holdfast.host.isolation.Probe}, then {@link
 * io.holdfast.host.isolation.LeakWatch}.
 *
 * <p>Depends on the JDK alone.
 */
@Version("1.0.0")
package io.holdfast.host.isolation;

import org.osgi.annotation.versioning.Version;
