package io.holdfast.itests.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The host as a bundle among others, in a framework that knows nothing of it. */
class ForeignFrameworkIT {
    private static final String REGISTRY = "io.holdfast.host.ModuleRegistry";
    private static final String BACKENDS = "io.holdfast.spi.state.StateBackendFactory";

    @TempDir Path cache;
    private Framework framework;

    @BeforeEach
    void startFrameworkAndHost() throws BundleException {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, "org.slf4j;version=\"2.0.17\"");
        settings.put("felix.bootdelegation.implicit", "false");
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.shutdown.hook", "false");
        framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow()
                        .newFramework(settings);
        framework.start();
        for (String name : List.of("api", "spi", "toolkit", "host", "host-osgi")) {
            install(name);
        }
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            bundle.start();
        }
    }

    @AfterEach
    void stop() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Bundle install(String name) throws BundleException {
        return framework.getBundleContext().installBundle(jar(name).toUri().toString());
    }

    private static Path jar(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(
                        path ->
                                path.getFileName()
                                        .toString()
                                        .matches("holdfast-" + name + "-[0-9].*\\.jar"))
                .findFirst()
                .orElseThrow();
    }

    /** What the registry reports; its classes are the bundles', not this test's. */
    private List<String> modules() throws Exception {
        BundleContext context = framework.getBundleContext();
        // All: this test has classes of the same names, and would be shown only its own.
        ServiceReference<?>[] references = context.getAllServiceReferences(REGISTRY, null);
        assertThat(references).as("the registry is a service").hasSize(1);
        Object registry = context.getService(references[0]);
        List<?> reports = (List<?>) registry.getClass().getMethod("modules").invoke(registry);
        return reports.stream().map(Object::toString).toList();
    }

    @Test
    void modulesAreFoundAsTheirBundlesComeAndGo() throws Exception {
        assertThat(modules()).isEmpty();
        Bundle hashmap = install("backend-hashmap");
        hashmap.start();
        install("storage-jobmanager").start();
        assertThat(modules())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("io.holdfast.backend.hashmap available (OSGi; file:");
        hashmap.uninstall();
        assertThat(modules())
                .singleElement()
                .asString()
                .startsWith("io.holdfast.storage.jobmanager available");
    }

    @Test
    void aSecondVersionIsRefusedAndForgottenWhenItGoes() throws Exception {
        install("backend-hashmap").start();
        Path second = Versions.of(jar("backend-hashmap"), "9.0.0", cache.resolve("second.jar"));
        Bundle refused = framework.getBundleContext().installBundle(second.toUri().toString());
        refused.start();
        assertThat(modules())
                .hasSize(2)
                .last()
                .asString()
                .contains("'hashmap' is provided already");
        refused.uninstall();
        assertThat(modules()).singleElement().asString().contains("available");
    }

    @Test
    void providersAreServicesOfTheirBundles() throws Exception {
        Bundle hashmap = install("backend-hashmap");
        hashmap.start();
        ServiceReference<?>[] services = hashmap.getRegisteredServices();
        assertThat(services).hasSize(1);
        assertThat((String[]) services[0].getProperty(Constants.OBJECTCLASS))
                .containsExactly(BACKENDS);
        assertThat(services[0].getProperty("state.backend")).isEqualTo("hashmap");
        hashmap.stop();
        assertThat(framework.getBundleContext().getAllServiceReferences(BACKENDS, null)).isNull();
    }
}
