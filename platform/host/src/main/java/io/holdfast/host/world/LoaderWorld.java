package io.holdfast.host.world;

import io.holdfast.api.error.Problem;
import io.holdfast.host.FoundProvider;
import io.holdfast.host.Origin;
import io.holdfast.host.ProviderKind;
import io.holdfast.host.archive.ModuleArchive;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A class loader for each module: for a host on the class path, where a module of the Java platform
 * could not require the contracts. What a module says of itself counts as far as class loaders can
 * keep it: what it requires must be here, and of others it sees what they export. Others are
 * libraries that were loaded here, and the jars of the host's class path.
 */
public final class LoaderWorld implements ModuleWorld {
    private final ClassLoader host;
    private final HostLibraries shared;
    private final ClassPathLibraries classPath;
    private final Map<String, Library> libraries = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();

    /**
     * A world above a class loader.
     *
     * @param host has the contracts and what else is shared
     */
    public LoaderWorld(ClassLoader host) {
        this.host = host;
        this.shared = HostLibraries.of(host);
        this.classPath = ClassPathLibraries.of(host);
    }

    /** A module that others see. */
    private record Library(ModuleLoader loader, List<String> packages) {}

    @Override
    public String name() {
        return "class loader";
    }

    @Override
    public LoadedModule load(ModuleArchive archive, Origin origin) {
        Map<String, ClassLoader> visible = visible(archive);
        importFromClassPath(archive, visible);
        // Its own packages are its own, whatever a library exports.
        visible.keySet().removeAll(archive.descriptor().packages());
        shared.checkVersions(archive, versionsOf(visible));
        ModuleLoader loader = open(archive, visible);
        List<FoundProvider<?>> providers = new ArrayList<>();
        for (ProviderKind<?> kind : ProviderKind.all()) {
            archive.providersOf(kind.type().getName())
                    .forEach(
                            each ->
                                    providers.add(
                                            Instances.provider(
                                                    kind, each, origin, loader::loadClass)));
        }
        if (providers.isEmpty()) {
            shared.refuseSecond(archive);
            libraries.put(archive.name(), new Library(loader, exported(archive)));
            exports(archive).forEach(versions::putIfAbsent);
        }
        return new LoadedModule(providers, loader, () -> close(loader));
    }

    /** The packages that a jar exports as a bundle, with their versions. */
    static Map<String, String> exports(ModuleArchive archive) {
        String header = archive.manifest().getMainAttributes().getValue("Export-Package");
        return ManifestHeader.parse(header).stream()
                .collect(
                        Collectors.toMap(
                                ManifestHeader.Clause::path,
                                clause -> clause.parameter("version", "0.0.0"),
                                (one, other) -> one));
    }

    private static List<String> exported(ModuleArchive archive) {
        ModuleDescriptor descriptor = archive.descriptor();
        return descriptor.isAutomatic()
                ? List.copyOf(descriptor.packages())
                : descriptor.exports().stream()
                        .filter(each -> !each.isQualified())
                        .map(ModuleDescriptor.Exports::source)
                        .toList();
    }

    /**
     * An import is met by the class path if no library does it before; an optional one need not.
     */
    private void importFromClassPath(ModuleArchive archive, Map<String, ClassLoader> visible) {
        String header = archive.manifest().getMainAttributes().getValue("Import-Package");
        for (ManifestHeader.Clause clause : ManifestHeader.parse(header)) {
            String name = clause.path();
            Optional<String> there = classPath.versionOf(name);
            if (there.isPresent() && !shared.shares(name + ".")) {
                boolean optional = clause.parameter("resolution:", "").equals("optional");
                if (!optional
                        || ManifestHeader.inRange(there.get(), clause.parameter("version", "0"))) {
                    visible.putIfAbsent(name, host);
                } else {
                    visible.remove(name, host);
                }
            }
        }
    }

    private Map<String, String> versionsOf(Map<String, ClassLoader> visible) {
        Map<String, String> all = new HashMap<>(versions);
        visible.forEach(
                (name, loader) -> {
                    if (loader == host) {
                        all.put(name, classPath.versionOf(name).orElseThrow());
                    }
                });
        return all;
    }

    private Map<String, ClassLoader> visible(ModuleArchive archive) {
        Map<String, ClassLoader> visible = new LinkedHashMap<>();
        if (archive.descriptor().isAutomatic()) {
            libraries
                    .values()
                    .forEach(
                            library ->
                                    library.packages()
                                            .forEach(name -> visible.put(name, library.loader())));
            return visible;
        }
        for (ModuleDescriptor.Requires requires : archive.descriptor().requires()) {
            String name = requires.name();
            Library library = libraries.get(name);
            boolean optional =
                    requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC);
            if (library != null && !shared.has(name)) {
                library.packages().forEach(each -> visible.put(each, library.loader()));
            } else if (!shared.has(name) && !classPath.packagesOf(name).isEmpty()) {
                classPath.packagesOf(name).forEach(each -> visible.putIfAbsent(each, host));
            } else if (!shared.has(name)
                    && !optional
                    && ModuleLayer.boot().findModule(name).isEmpty()) {
                throw HostLibraries.doesNotFit(
                        archive, "it needs the module " + name + ", which is not here");
            }
        }
        return visible;
    }

    private ModuleLoader open(ModuleArchive archive, Map<String, ClassLoader> visible) {
        try {
            URL url = archive.file().toUri().toURL();
            return new ModuleLoader("module " + archive.name(), url, host, shared, visible);
        } catch (IOException e) {
            throw Problem.environment("MODULE-2010", "The jar cannot be opened.")
                    .with("jar", archive.origin())
                    .with("because", e)
                    .exception(e);
        }
    }

    private static void close(ModuleLoader loader) {
        try {
            loader.close();
        } catch (IOException e) {
            // The file was read only; what cannot be closed now goes with the loader.
            return;
        }
    }

    @Override
    public void close() {
        libraries.values().forEach(library -> close(library.loader()));
        libraries.clear();
    }

    /** Sees the JDK, what is shared, the exported packages of libraries, and its own jar. */
    private static final class ModuleLoader extends URLClassLoader {
        static {
            registerAsParallelCapable();
        }

        private final ClassLoader host;
        private final HostLibraries shared;
        private final Map<String, ClassLoader> libraries;

        ModuleLoader(
                String name,
                URL jar,
                ClassLoader host,
                HostLibraries shared,
                Map<String, ClassLoader> libraries) {
            super(name, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
            this.host = host;
            this.shared = shared;
            this.libraries = libraries;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (shared.shares(name)) {
                return host.loadClass(name);
            }
            int dot = name.lastIndexOf('.');
            ClassLoader library = dot < 0 ? null : libraries.get(name.substring(0, dot));
            return library != null && library != this
                    ? library.loadClass(name)
                    : super.loadClass(name, resolve);
        }
    }
}
