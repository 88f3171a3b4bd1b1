/**
 * Times to live, the same for every backend: {@link io.holdfast.toolkit.expiring.ExpiringStates}
 * stores values with their times in any keyed backend. Backends use {@link
 * io.holdfast.toolkit.expiring.Takeover}, so that a time to live may be given to a state that has
 * content, and be taken away.
 *
 * <p>Read these two, then {@code Lifetime}. Depends on the SPI alone.
 */
@Version("1.0.0")
package io.holdfast.toolkit.expiring;

import org.osgi.annotation.versioning.Version;
