package io.holdfast.osgi;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.host.FoundProvider;
import io.holdfast.host.Origin;
import io.holdfast.host.archive.ModuleArchive;
import io.holdfast.host.world.HostLibraries;
import io.holdfast.host.world.LoadedModule;
import io.holdfast.host.world.ModuleWorld;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Modules as bundles of an OSGi framework inside this process. The framework offers bundles what
 * the host shares with modules, in the versions that its jars state, and nothing else of the host.
 */
public final class BundleWorld implements ModuleWorld {
    private static final Logger LOG = LoggerFactory.getLogger(BundleWorld.class);
    private static final long LONGEST_STOP_MILLIS = 10_000;

    private final Framework framework;
    private final ServiceRegistrar registrar;

    /**
     * Starts a framework.
     *
     * @param storage the framework's directory; emptied
     * @throws HoldfastException MODULE-2018 if there is no framework on the class path, or if it
     *     does not start
     */
    public BundleWorld(Path storage) {
        HostLibraries shared = HostLibraries.of(ModuleWorld.class.getClassLoader());
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        settings.put(
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", shared.exports()));
        settings.put(Constants.FRAMEWORK_SYSTEMCAPABILITIES_EXTRA, BundleProviders.REGISTRAR);
        // Two versions, or one version twice, live side by side while a module is replaced.
        settings.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        // Felix: bundles see what they import and no more; nothing static is left in the JVM.
        settings.put("felix.bootdelegation.implicit", "false");
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.shutdown.hook", "false");
        settings.put("felix.log.level", "1");
        // One bundle is resolved at a time; handing that to other threads only takes longer.
        settings.put("felix.resolver.parallelism", "1");
        try {
            framework =
                    ServiceLoader.load(FrameworkFactory.class, BundleWorld.class.getClassLoader())
                            .findFirst()
                            .orElseThrow(BundleWorld::noFramework)
                            .newFramework(settings);
            framework.init();
            registrar = new ServiceRegistrar(framework.getBundleContext());
            registrar.open();
            framework.start();
        } catch (BundleException e) {
            throw Problem.environment("MODULE-2018", "The OSGi framework does not start.")
                    .with("because", e.getMessage())
                    .with("directory", storage)
                    .advise("give it a directory of its own that can be written")
                    .exception(e);
        }
    }

    private static HoldfastException noFramework() {
        return Problem.environment("MODULE-2018", "There is no OSGi framework.")
                .advise("put org.apache.felix:org.apache.felix.framework beside the host")
                .exception();
    }

    /**
     * The framework's own context, to look at bundles and services.
     *
     * @return the system bundle's context
     */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    @Override
    public String name() {
        return "OSGi";
    }

    @Override
    public LoadedModule load(ModuleArchive archive, Origin origin) {
        if (archive.manifest().getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME)
                == null) {
            throw doesNotFit(archive, "it is no bundle: it has no Bundle-SymbolicName", null);
        }
        Bundle bundle = install(archive);
        try {
            // Nothing of it is to outlive this framework: spares Felix the writing of its state.
            bundle.start(Bundle.START_TRANSIENT);
            List<FoundProvider<?>> providers = BundleProviders.of(bundle, origin);
            ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
            return new LoadedModule(providers, loader, () -> uninstall(bundle));
        } catch (BundleException e) {
            uninstall(bundle);
            boolean unresolved = e.getType() == BundleException.RESOLVE_ERROR;
            if (unresolved) {
                throw doesNotFit(archive, firstLine(e), e);
            }
            throw Problem.bug("MODULE-2004", "A module failed when it was started: " + cause(e))
                    .with("module", archive)
                    .advise("report this to the author of the module")
                    .exception(e);
        }
    }

    private Bundle install(ModuleArchive archive) {
        try {
            // The copy is private already and stays until the bundle is gone: Felix needs no other.
            String location = "reference:" + archive.file().toUri();
            return framework.getBundleContext().installBundle(location);
        } catch (BundleException e) {
            throw doesNotFit(archive, firstLine(e), e);
        }
    }

    private static HoldfastException doesNotFit(
            ModuleArchive archive, String why, Exception cause) {
        Problem.Builder problem =
                Problem.user("MODULE-2014", "The module does not fit: " + why + ".")
                        .with("module", archive)
                        .advise(
                                "install what it needs, or a version of it that was built for this"
                                        + " host");
        return cause == null ? problem.exception() : problem.exception(cause);
    }

    private static String firstLine(BundleException e) {
        return String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private static String cause(BundleException e) {
        return e.getCause() == null ? firstLine(e) : e.getCause().toString();
    }

    private void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            LOG.warn("{} could not be uninstalled: {}", bundle, e.toString());
            return;
        }
        CountDownLatch refreshed = new CountDownLatch(1);
        framework
                .adapt(FrameworkWiring.class)
                .refreshBundles(
                        List.of(bundle),
                        event -> {
                            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                                refreshed.countDown();
                            }
                        });
        try {
            if (!refreshed.await(LONGEST_STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("{} was uninstalled, but the framework did not refresh", bundle);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            registrar.close();
            framework.stop();
            framework.waitForStop(LONGEST_STOP_MILLIS);
        } catch (BundleException e) {
            LOG.warn("The OSGi framework could not be stopped: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
