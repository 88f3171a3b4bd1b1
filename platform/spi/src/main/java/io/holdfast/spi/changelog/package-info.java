/**
 * Changelog storages: where a stream of state changes goes between materializations of the state.
 * Read {@link io.holdfast.spi.changelog.ChangelogStorageFactory}, then {@link
 * io.holdfast.spi.changelog.ChangelogWriter}.
 *
 * <p>Positions in a log are sequence numbers, and ranges of them are half-open everywhere: {@link
 * io.holdfast.spi.changelog.SequenceRange}. Depends on {@code spi.snapshot}, {@code
 * spi.filesystem}, {@code spi.state}.
 */
@Version("1.0.0")
package io.holdfast.spi.changelog;

import org.osgi.annotation.versioning.Version;
