/**
 * Settings together with where they came from. Read {@link io.holdfast.config.layer.Layer} and
 * {@link io.holdfast.config.layer.Origin} first; {@link io.holdfast.config.layer.Overrides} makes
 * the layers that need no file.
 *
 * <p>Knows keys and values, not options: nothing is converted or judged here. Depends on {@code
 * io.holdfast.api} only.
 */
@Version("1.0.0")
package io.holdfast.config.layer;

import org.osgi.annotation.versioning.Version;
