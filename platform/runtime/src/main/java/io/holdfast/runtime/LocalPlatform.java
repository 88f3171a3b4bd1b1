package io.holdfast.runtime;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.config.file.ConfigFile;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Overrides;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.ClassNames;
import io.holdfast.config.resolve.Installed;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.DeclaredOption;
import io.holdfast.host.FactoryClasses;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import io.holdfast.runtime.job.JobOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What jobs find around them: the installed modules, and the settings made outside of programs. May
 * be used by several threads and environments. Whoever opened it closes it, after the jobs; the one
 * of {@link #ofThisProcess()} needs no closing.
 */
public final class LocalPlatform implements AutoCloseable {
    /** Environment variable that names the cluster configuration file. */
    public static final String CONFIGURATION_VARIABLE = "HOLDFAST_CONF";

    /** System property that names the cluster configuration file; wins over the variable. */
    public static final String CONFIGURATION_PROPERTY = "holdfast.conf";

    private final ModuleRegistry modules;
    private final List<Layer> layers;

    private LocalPlatform(ModuleRegistry modules, List<Layer> layers) {
        this.modules = Objects.requireNonNull(modules, "modules");
        this.layers = List.copyOf(layers);
    }

    /**
     * A platform put together by hand.
     *
     * @param modules the installed modules; closed with the platform
     * @param layers settings below those of jobs
     * @return the platform
     */
    public static LocalPlatform open(ModuleRegistry modules, List<Layer> layers) {
        return new LocalPlatform(modules, layers);
    }

    /**
     * The modules of the class path; the file that {@link #CONFIGURATION_PROPERTY} or {@link
     * #CONFIGURATION_VARIABLE} names; environment variables and system properties.
     *
     * @return a new platform
     */
    public static LocalPlatform ofThisProcess() {
        List<Layer> layers = new ArrayList<>();
        String file =
                System.getProperty(CONFIGURATION_PROPERTY, System.getenv(CONFIGURATION_VARIABLE));
        if (file != null && !file.isBlank()) {
            layers.add(ConfigFile.read(Path.of(file), Level.CLUSTER));
        }
        layers.addAll(Overrides.process(System.getenv(), System.getProperties()));
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? LocalPlatform.class.getClassLoader() : context;
        return new LocalPlatform(ModuleRegistry.open(new ClassPathSource(loader)), layers);
    }

    /**
     * The installed modules.
     *
     * @return the registry
     */
    public ModuleRegistry modules() {
        return modules;
    }

    /**
     * The settings below those of jobs.
     *
     * @return the layers
     */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Finds factories of jobs by name and class name.
     *
     * @return looks into the modules, then into what the calling thread's context class loader sees
     */
    public FactoryClasses factories() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return new FactoryClasses(
                modules, context == null ? LocalPlatform.class.getClassLoader() : context);
    }

    /**
     * What class names in a configuration stand for.
     *
     * @return answers of {@link #factories}
     */
    public ClassNames classNames() {
        FactoryClasses factories = factories();
        return (role, className) -> {
            ProviderKind<?> kind =
                    role == ClassNames.Role.STATE_BACKEND
                            ? ProviderKind.STATE_BACKEND
                            : ProviderKind.CHECKPOINT_STORAGE;
            FactoryClasses.Found found = factories.find(kind, className);
            ClassNames.Status status =
                    switch (found.status()) {
                        case USABLE -> ClassNames.Status.USABLE;
                        case NOT_FOUND -> ClassNames.Status.NOT_FOUND;
                        case NOT_A_FACTORY -> ClassNames.Status.NOT_A_FACTORY;
                        case NOT_INSTANTIABLE -> ClassNames.Status.NOT_INSTANTIABLE;
                    };
            return new ClassNames.Answer(status, found.options(), found.detail());
        };
    }

    /**
     * What a job of this platform can choose and set.
     *
     * @return names and options as they are now
     */
    public Catalog catalog() {
        List<DeclaredOption> declared = modules.options();
        List<ConfigOption<?>> options = new ArrayList<>(ApiOptions.all());
        options.addAll(JobOptions.all());
        declared.stream()
                .filter(
                        option ->
                                option.kind() != ProviderKind.STATE_BACKEND
                                        && option.kind() != ProviderKind.CHECKPOINT_STORAGE)
                .forEach(option -> options.add(option.option()));
        return new Catalog(
                installed(ProviderKind.STATE_BACKEND, declared),
                installed(ProviderKind.CHECKPOINT_STORAGE, declared),
                options,
                "class path");
    }

    private List<Installed> installed(ProviderKind<?> kind, List<DeclaredOption> declared) {
        return modules.names(kind).stream()
                .map(
                        name -> {
                            Stream<ConfigOption<?>> own =
                                    declared.stream()
                                            .filter(
                                                    option ->
                                                            option.kind() == kind
                                                                    && option.provider()
                                                                            .equals(name))
                                            .map(DeclaredOption::option);
                            return new Installed(name, own.toList());
                        })
                .toList();
    }

    @Override
    public void close() {
        modules.close();
    }
}
