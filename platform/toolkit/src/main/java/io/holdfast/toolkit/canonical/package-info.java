/**
 * The canonical snapshot: one format for all backends, plain or packed, so that state moves between
 * them. Read {@link io.holdfast.toolkit.canonical.CanonicalFormat}, which is its specification.
 * Depends on {@code toolkit.io} and {@code toolkit.packing}.
 */
@Version("1.0.0")
package io.holdfast.toolkit.canonical;

import org.osgi.annotation.versioning.Version;
