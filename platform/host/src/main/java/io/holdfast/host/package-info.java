/**
 * The host of modules: finds providers, trusts none of them, hands them out by name. Read {@link
 * io.holdfast.host.ModuleRegistry}, then {@link io.holdfast.host.ProviderSource}.
 *
 * <p>A source reports what one world has: the class path, a folder of modules ({@code
 * io.holdfast.host.folder}), the bundles of a framework ({@code platform/host-osgi}). The registry
 * makes each provider once, under guard: one that throws, cannot be linked or calls itself
 * something odd is kept as failed with the reason and its origin, and no other suffers. Two that
 * claim one name are both refused under that name. Who uses a provider holds a {@link
 * io.holdfast.host.Lease}, so that a module leaves only when nobody needs it.
 *
 * <p>Depends on the SPI; knows no engine, no configuration files and no bundle.
 */
@Version("1.0.0")
package io.holdfast.host;

import org.osgi.annotation.versioning.Version;
