/**
 * How records come in and go out. Read {@link io.holdfast.api.connector.Source} and {@link
 * io.holdfast.api.connector.Sink}.
 *
 * <p>A source is a fixed set of splits, each with a position that can be returned to: that is what
 * makes a restart exact. A sink that commits with checkpoints makes its output exact too. Depends
 * on {@code api.process}.
 */
@Version("1.0.0")
package io.holdfast.api.connector;

import org.osgi.annotation.versioning.Version;
