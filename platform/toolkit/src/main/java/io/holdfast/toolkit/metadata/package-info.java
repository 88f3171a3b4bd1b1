/**
 * What a checkpoint or savepoint consists of: which operators, which subtasks, which streams. Read
 * {@link io.holdfast.toolkit.metadata.CheckpointMetadata} first.
 *
 * <p>Plain values: formats, names, lengths, checksums, never classes. All are immutable and may be
 * shared by threads. Depends on {@code spi.snapshot}, {@code api.serialization}, {@code api.error}
 * and {@code toolkit.io}.
 */
@Version("1.0.0")
package io.holdfast.toolkit.metadata;

import org.osgi.annotation.versioning.Version;
