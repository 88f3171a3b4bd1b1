/**
 * The local file system, scheme {@code file}. Read {@link
 * io.holdfast.storage.filesystem.local.LocalFileSystem}, then {@link
 * io.holdfast.storage.filesystem.local.LocalOutput}, the only place that writes data, and {@link
 * io.holdfast.storage.filesystem.local.Disk}, the system calls it is made of.
 *
 * <p>Not exported: others meet it as a file system of the SPI. Knows nothing of checkpoints.
 */
package io.holdfast.storage.filesystem.local;
