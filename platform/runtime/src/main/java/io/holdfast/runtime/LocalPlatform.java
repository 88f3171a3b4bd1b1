package io.holdfast.runtime;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.Problem;
import io.holdfast.config.file.ConfigFile;
import io.holdfast.config.layer.Layer;
import io.holdfast.config.layer.Level;
import io.holdfast.config.layer.Overrides;
import io.holdfast.config.resolve.ApiOptions;
import io.holdfast.config.resolve.Catalog;
import io.holdfast.config.resolve.ClassNames;
import io.holdfast.config.resolve.Installed;
import io.holdfast.config.resolve.ResolveRequest;
import io.holdfast.host.ClassPathSource;
import io.holdfast.host.DeclaredOption;
import io.holdfast.host.FactoryClasses;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.ProviderSource;
import io.holdfast.host.archive.Trust;
import io.holdfast.host.archive.TrustOptions;
import io.holdfast.host.folder.FolderOptions;
import io.holdfast.host.folder.ModuleFolder;
import io.holdfast.host.world.ModuleWorld;
import io.holdfast.runtime.job.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final Optional<ModuleFolder> folder;
    private final List<Layer> layers;
    private final List<JobClient> jobs = new CopyOnWriteArrayList<>();

    private LocalPlatform(
            ModuleRegistry modules, Optional<ModuleFolder> folder, List<Layer> layers) {
        this.modules = Objects.requireNonNull(modules, "modules");
        this.folder = folder;
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
        return new LocalPlatform(modules, Optional.empty(), layers);
    }

    /**
     * The modules of a class path, and those of the folder that the layers name with {@link
     * FolderOptions#DIRECTORY}, if they do: it is watched, and its modules lie over those of the
     * class path. {@link TrustOptions} say which of its jars are loaded.
     *
     * @param loader sees the class path
     * @param layers settings below those of jobs, and for the host
     * @return a new platform
     * @throws io.holdfast.api.error.HoldfastException MODULE-2020 if the folder is missing or
     *     cannot be watched; MODULE-2019 if the trust cannot be read
     */
    public static LocalPlatform open(ClassLoader loader, List<Layer> layers) {
        ReadableConfig settings = ResolveRequest.hostSettings(layers);
        Optional<ModuleFolder> folder =
                settings.getOptional(FolderOptions.DIRECTORY)
                        .map(directory -> folder(directory, Trust.of(settings)));
        List<ProviderSource> sources = new ArrayList<>(List.of(new ClassPathSource(loader)));
        folder.ifPresent(sources::add);
        return new LocalPlatform(
                ModuleRegistry.open(sources.toArray(ProviderSource[]::new)), folder, layers);
    }

    private static ModuleFolder folder(String directory, Trust trust) {
        Path path = Path.of(directory).toAbsolutePath().normalize();
        if (!Files.isDirectory(path)) {
            throw Problem.user("MODULE-2020", "There is no folder of modules at " + path + ".")
                    .with("set by", FolderOptions.DIRECTORY.key() + " = " + directory)
                    .advise("make it, or correct the setting")
                    .exception();
        }
        ModuleWorld world = ModuleWorld.ofThisProcess();
        try {
            return ModuleFolder.open(path, world, trust);
        } catch (IOException e) {
            world.close();
            throw Problem.environment(
                            "MODULE-2020", "The folder of modules at " + path + " is of no use.")
                    .with("because", e)
                    .advise(
                            "see that it can be read, and that there is room in "
                                    + System.getProperty("java.io.tmpdir"))
                    .exception(e);
        }
    }

    /**
     * The modules of the class path and of a folder, if one is set; the file that {@link
     * #CONFIGURATION_PROPERTY} or {@link #CONFIGURATION_VARIABLE} names; environment variables and
     * system properties.
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
        return open(loader, layers);
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
     * The folder of modules.
     *
     * @return empty if none was set
     */
    public Optional<ModuleFolder> folder() {
        return folder;
    }

    /**
     * The jobs that run on this platform in this moment.
     *
     * @return in the order in which they began
     */
    public List<JobClient> jobs() {
        return List.copyOf(jobs);
    }

    /** Keeps a job in the list until it ends. */
    void follow(JobClient job) {
        jobs.add(job);
        job.whenEnded(() -> jobs.remove(job));
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
        options.add(FolderOptions.DIRECTORY);
        options.add(TrustOptions.TRUST);
        options.add(TrustOptions.CERTIFICATES);
        options.add(TrustOptions.DIGESTS);
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
                folder.map(each -> "class path; " + each.folder()).orElse("class path"));
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
