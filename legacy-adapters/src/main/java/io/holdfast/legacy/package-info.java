/**
 * State backends of before backends and storages were separated, for programs that still name them.
 * Read {@link io.holdfast.legacy.AbstractStateBackend} first.
 *
 * <p>Each is a thin part over a present backend and a present storage, and says so: it is a {@link
 * io.holdfast.spi.state.CompositeStateBackend}. Nothing depends on this package; the host finds its
 * factories by name like all others.
 */
@Version("1.0.0")
package io.holdfast.legacy;

import org.osgi.annotation.versioning.Version;
