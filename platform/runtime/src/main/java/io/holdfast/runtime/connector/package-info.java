/**
 * Sources and sinks that come with the engine. Read {@link io.holdfast.runtime.connector.FileSink}
 * for what exactly-once output takes, {@link io.holdfast.runtime.connector.GeneratorSource} for the
 * simplest source. Depends on {@code api.connector}.
 */
@Version("1.0.0")
package io.holdfast.runtime.connector;

import org.osgi.annotation.versioning.Version;
