/**
 * Checkpoints in a directory of a file system. Read {@link
 * io.holdfast.storage.filesystem.FileSystemCheckpointStorage}: it is what a job's code names.
 *
 * <p>The layout and the way of publishing are the toolkit's; the local file system, which this
 * module brings along, is in a package that is not exported. Works with the file system of any
 * other module as well. Depends on the SPI and the toolkit.
 */
@Version("1.0.0")
package io.holdfast.storage.filesystem;

import org.osgi.annotation.versioning.Version;
