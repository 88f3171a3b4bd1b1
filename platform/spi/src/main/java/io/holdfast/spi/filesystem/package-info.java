/**
 * File systems by URI scheme. Read {@link io.holdfast.spi.filesystem.FileSystemFactory}, then
 * {@link io.holdfast.spi.filesystem.DurableOutput}: it is the only way to write a file, so that
 * nothing half-written is ever visible.
 *
 * <p>Paths are absolute, normalized {@link java.net.URI}s with a scheme and without query or
 * fragment; a directory's URI may end in a slash or not. All methods may be called from several
 * threads unless said. Depends on {@code api.config} only.
 */
@Version("1.0.0")
package io.holdfast.spi.filesystem;

import org.osgi.annotation.versioning.Version;
