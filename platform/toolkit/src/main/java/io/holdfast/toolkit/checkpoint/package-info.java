/**
 * Checkpoints in directories, for authors of checkpoint storages: the layout, how streams and
 * metadata become files, how they are found again and removed. Read {@link
 * io.holdfast.toolkit.checkpoint.CheckpointLayout}, then {@link
 * io.holdfast.toolkit.checkpoint.DirectoryCheckpointStore}.
 *
 * <p>Works on any {@link io.holdfast.spi.filesystem.FileSystem}: a file is there whole or not at
 * all, so that a checkpoint exists from the moment its {@code _metadata} does, and what has none is
 * rubbish. Nothing here looks into streams or metadata. Depends on the SPI only.
 */
@Version("1.0.0")
package io.holdfast.toolkit.checkpoint;

import org.osgi.annotation.versioning.Version;
