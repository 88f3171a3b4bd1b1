/**
 * What differs between versions of Flink, as data. Read {@link
 * io.holdfast.config.profile.CompatibilityProfile} first; {@link
 * io.holdfast.config.profile.Correction} lists where the default profile differs from all of them.
 *
 * <p>Knows keys, names and class names, not layers and not modules. Depends on {@code
 * io.holdfast.api} only. Decision 0005 says why.
 */
@Version("1.0.0")
package io.holdfast.config.profile;

import org.osgi.annotation.versioning.Version;
