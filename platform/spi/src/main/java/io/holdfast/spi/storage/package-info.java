/**
 * Checkpoint storages: where snapshots go and how a checkpoint becomes durable. Read {@link
 * io.holdfast.spi.storage.CheckpointStorage}, {@link io.holdfast.spi.storage.CheckpointStore},
 * {@link io.holdfast.spi.storage.CheckpointWrite}.
 *
 * <p>A storage stores streams and publishes metadata; it does not look into either. A checkpoint
 * exists from the moment its metadata are published, which is the last write. Depends on {@code
 * spi.snapshot}, {@code spi.filesystem}.
 */
@Version("1.0.0")
package io.holdfast.spi.storage;

import org.osgi.annotation.versioning.Version;
