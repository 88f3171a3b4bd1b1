/**
 * Snapshots of one backend: how they are asked for, where their bytes go, and the handles that
 * refer to those bytes. Read {@link io.holdfast.spi.snapshot.SnapshotRequest}, then {@link
 * io.holdfast.spi.snapshot.KeyedSnapshotHandle}.
 *
 * <p>Handles are plain values. They name formats, files, lengths and checksums, never classes.
 * Their forms are a closed set, the same as Flink's, so that every one can stand in a Flink
 * metadata file. Depends on {@code spi.filesystem} only.
 */
@Version("1.0.0")
package io.holdfast.spi.snapshot;

import org.osgi.annotation.versioning.Version;
