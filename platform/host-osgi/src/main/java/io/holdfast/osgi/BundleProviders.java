package io.holdfast.osgi;

import io.holdfast.host.FoundProvider;
import io.holdfast.host.Origin;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.world.Instances;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Reads what a bundle provides from its capabilities. Stateless. */
final class BundleProviders {
    /** By this a bundle asks that its providers be found (OSGi Compendium 133). */
    static final String REGISTRAR =
            "osgi.extender;osgi.extender=\"osgi.serviceloader.registrar\";version:Version=\"1.0\"";

    static final String SERVICE_LOADER = "osgi.serviceloader";

    private BundleProviders() {}

    /** Whether the bundle declares a provider of any service type of Holdfast. */
    static boolean declaresAny(Bundle bundle) {
        return ProviderKind.all().stream()
                .anyMatch(kind -> !declared(bundle, kind.type().getName()).isEmpty());
    }

    /** The providers of a resolved bundle, none of them made. */
    static List<FoundProvider<?>> of(Bundle bundle, Origin origin) {
        List<FoundProvider<?>> providers = new ArrayList<>();
        for (ProviderKind<?> kind : ProviderKind.all()) {
            for (String each : declared(bundle, kind.type().getName())) {
                providers.add(Instances.provider(kind, each, origin, bundle::loadClass));
            }
        }
        return providers;
    }

    private static List<String> declared(Bundle bundle, String service) {
        List<String> classes = new ArrayList<>();
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (revision != null) {
            for (BundleCapability each : revision.getDeclaredCapabilities(SERVICE_LOADER)) {
                String register = each.getDirectives().get("register");
                if (service.equals(each.getAttributes().get(SERVICE_LOADER))
                        && register != null
                        && !register.isBlank()) {
                    classes.add(register.strip());
                }
            }
        }
        return classes;
    }
}
