package io.holdfast.osgi;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the providers of started bundles as services: the registrar of the OSGi Service Loader
 * Mediator, without the half that weaves consumers. Serves bundles whose requirement of a registrar
 * is wired to the bundle it runs for, and no other, so that a second mediator publishes nothing
 * twice. Framework threads call it.
 */
public final class ServiceRegistrar extends BundleTracker<List<ServiceRegistration<?>>> {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRegistrar.class);
    private static final String EXTENDER = "osgi.extender";

    /**
     * A registrar; {@link #open()} starts it, {@link #close()} ends it.
     *
     * @param context of the bundle that offers the registrar's capability
     */
    public ServiceRegistrar(BundleContext context) {
        super(context, Bundle.ACTIVE, null);
    }

    @Override
    public List<ServiceRegistration<?>> addingBundle(Bundle bundle, BundleEvent event) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null || !isWiredToUs(wiring)) {
            return null;
        }
        List<ServiceRegistration<?>> published = new ArrayList<>();
        for (BundleCapability each : wiring.getCapabilities(BundleProviders.SERVICE_LOADER)) {
            Object service = each.getAttributes().get(BundleProviders.SERVICE_LOADER);
            String register = each.getDirectives().get("register");
            if (service instanceof String name && register != null && !register.isBlank()) {
                try {
                    published.add(publish(bundle, name, register.strip(), each));
                } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
                    LOG.warn("{} cannot be published by {}: {}", register, bundle, e.toString());
                }
            }
        }
        return published;
    }

    private boolean isWiredToUs(BundleWiring wiring) {
        for (BundleWire wire : wiring.getRequiredWires(EXTENDER)) {
            Map<String, Object> capability = wire.getCapability().getAttributes();
            if ("osgi.serviceloader.registrar".equals(capability.get(EXTENDER))
                    && wire.getProvider().getBundle().equals(context.getBundle())) {
                return true;
            }
        }
        return false;
    }

    private ServiceRegistration<?> publish(
            Bundle bundle, String service, String className, BundleCapability capability)
            throws ClassNotFoundException {
        Class<?> type = bundle.loadClass(className);
        Dictionary<String, Object> properties = new Hashtable<>();
        capability
                .getAttributes()
                .forEach(
                        (key, value) -> {
                            if (!key.equals(BundleProviders.SERVICE_LOADER)
                                    && !key.startsWith(".")) {
                                properties.put(key, value);
                            }
                        });
        properties.put("serviceloader.mediator", context.getBundle().getBundleId());
        // In the name of the provider: the framework takes it back when that bundle stops.
        return bundle.getBundleContext().registerService(service, new Maker(type), properties);
    }

    /** Makes a provider for each bundle that asks. */
    private record Maker(Class<?> type) implements ServiceFactory<Object> {
        @Override
        public Object getService(Bundle user, ServiceRegistration<Object> registration) {
            try {
                return type.getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type.getName() + " cannot be made", e);
            }
        }

        @Override
        public void ungetService(
                Bundle user, ServiceRegistration<Object> registration, Object service) {}
    }
}
