/**
 * Decides what holds. Read {@link io.holdfast.config.resolve.Resolver} and {@link
 * io.holdfast.config.resolve.ResolvedState} first.
 *
 * <p>A pure function of layers, of what is installed and of what the program set in code: no files,
 * no environment, no state. What differs between versions of Flink is data of {@code
 * io.holdfast.config.profile}. Depends on that, on {@code io.holdfast.config.layer} and on {@code
 * io.holdfast.api}; knows no module's classes, only their names and options.
 */
@Version("1.0.0")
package io.holdfast.config.resolve;

import org.osgi.annotation.versioning.Version;
