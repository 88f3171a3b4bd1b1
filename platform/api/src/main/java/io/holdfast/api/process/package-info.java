/**
 * Functions with state, timers and a life cycle. Read {@link
 * io.holdfast.api.process.KeyedProcessFunction}.
 *
 * <p>A job is given a supplier, and every subtask gets an object of its own that one thread uses;
 * so fields are safe, but only state survives a failure. Depends on {@code api.state}, {@code
 * api.function}, {@code api.window}.
 */
@Version("1.0.0")
package io.holdfast.api.process;

import org.osgi.annotation.versioning.Version;
