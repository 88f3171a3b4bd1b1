package io.holdfast.osgi;

import io.holdfast.host.ModuleRegistry;
import java.time.Duration;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * The host as a bundle: offers a {@link ModuleRegistry} of the framework's bundles as a service,
 * and what bundles with providers require so that they resolve.
 */
public final class HostActivator implements BundleActivator {
    /** Framework property: for how many milliseconds a stopping bundle waits for its leases. */
    public static final String DRAIN_MILLIS = "holdfast.modules.drain-millis";

    private static final String DEFAULT_DRAIN = "5000";

    private ModuleRegistry registry;
    private ServiceRegistrar registrar;

    /** Made by the framework. */
    public HostActivator() {}

    @Override
    public void start(BundleContext context) {
        String millis = context.getProperty(DRAIN_MILLIS);
        Duration drain = Duration.ofMillis(Long.parseLong(millis == null ? DEFAULT_DRAIN : millis));
        registrar = new ServiceRegistrar(context);
        registrar.open();
        registry = ModuleRegistry.open(new FrameworkSource(context, drain));
        context.registerService(ModuleRegistry.class, registry, null);
    }

    @Override
    public void stop(BundleContext context) {
        registry.close();
        registrar.close();
    }
}
