/**
 * Asks hosts that run in other processes of the same user. Start with {@code RunningHosts}, then
 * {@code HostClient}. Needs the JDK and the words for problems; must not know the host itself.
 */
@Version("0.1.0")
package io.holdfast.control.client;

import org.osgi.annotation.versioning.Version;
