/**
 * A whole keyed state backend over anything that keeps bytes in order: the author brings an {@link
 * io.holdfast.toolkit.ordered.OrderedStore}, and {@link io.holdfast.toolkit.ordered.OrderedBackend}
 * does the kinds of state, timers, restoring, evolution of types, and snapshots. Read these two.
 *
 * <p>Every access serializes. Backends for which that is too slow implement the SPI themselves.
 * Depends on {@code toolkit.canonical}, {@code toolkit.keys} and {@code toolkit.io}.
 */
@Version("1.0.0")
package io.holdfast.toolkit.ordered;

import org.osgi.annotation.versioning.Version;
