/**
 * Windows: finite parts of a stream by event time. Read {@link
 * io.holdfast.api.window.WindowAssigner}; {@link io.holdfast.api.window.EventTimeWindows} has the
 * usual ones. Depends on {@code api.serialization}.
 */
@Version("1.0.0")
package io.holdfast.api.window;

import org.osgi.annotation.versioning.Version;
