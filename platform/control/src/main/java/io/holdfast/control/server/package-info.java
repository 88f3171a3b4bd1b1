/**
 * Answers other processes of the same user for a host of this process. Read {@code ControlServer}.
 */
@Version("0.1.0")
package io.holdfast.control.server;

import org.osgi.annotation.versioning.Version;
