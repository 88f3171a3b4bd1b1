package io.holdfast.host.world;

import io.holdfast.api.error.Problem;
import io.holdfast.host.archive.ModuleArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * What a host shares with its modules, as far as it has it: the contracts, the toolkit, RocksDB's
 * library, the logging facade. Immutable.
 */
public final class HostLibraries {

    /**
     * Something that is shared.
     *
     * @param module name of the Java module
     * @param bundle symbolic name of the bundle
     * @param packages prefixes of its packages
     * @param witness a class by which it is recognized
     */
    private record Shared(String module, String bundle, List<String> packages, String witness) {}

    private static final List<Shared> SHARED =
            List.of(
                    shared("io.holdfast.api", "io/holdfast/api/error/Problem"),
                    shared("io.holdfast.spi", "io/holdfast/spi/state/StateBackend"),
                    shared("io.holdfast.toolkit", "io/holdfast/toolkit/keys/CompositeKeys"),
                    new Shared(
                            "io.holdfast.rocksdb",
                            "io.holdfast.rocksdb",
                            List.of("io.holdfast.rocksdb.", "org.rocksdb."),
                            "io/holdfast/rocksdb/RocksDbLibrary"),
                    new Shared(
                            "org.slf4j", "slf4j.api", List.of("org.slf4j."), "org/slf4j/Logger"));

    private static Shared shared(String name, String witness) {
        return new Shared(name, name, List.of(name + "."), witness);
    }

    private final List<Shared> present;
    private final Map<String, String> versions = new HashMap<>();
    private final Map<String, String> exports = new LinkedHashMap<>();

    private HostLibraries(List<Shared> present) {
        this.present = present;
    }

    /**
     * What a class loader has of it.
     *
     * @param loader the host's class loader
     * @return the libraries
     * @throws UncheckedIOException if a manifest cannot be read
     */
    public static HostLibraries of(ClassLoader loader) {
        HostLibraries libraries =
                new HostLibraries(
                        SHARED.stream()
                                .filter(
                                        each ->
                                                loader.getResource(each.witness() + ".class")
                                                        != null)
                                .toList());
        try {
            for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                libraries.read(url);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return libraries;
    }

    private void read(URL url) throws IOException {
        var connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            Attributes manifest = new Manifest(in).getMainAttributes();
            String name = manifest.getValue("Bundle-SymbolicName");
            String header = manifest.getValue("Export-Package");
            boolean ours =
                    name != null
                            && present.stream()
                                    .anyMatch(
                                            each ->
                                                    each.bundle()
                                                            .equals(name.replaceFirst(";.*", "")));
            if (ours && header != null) {
                exports.putIfAbsent(name, header);
                ManifestHeader.parse(header)
                        .forEach(
                                clause ->
                                        versions.putIfAbsent(
                                                clause.path(),
                                                clause.parameter("version", "0.0.0")));
            }
        }
    }

    /**
     * Tells whether the host has a module.
     *
     * @param module name of a Java module
     * @return true if modules may require it
     */
    boolean has(String module) {
        return present.stream().anyMatch(each -> each.module().equals(module));
    }

    /**
     * Tells whether modules see a class of the host.
     *
     * @param name name of a class
     * @return true if it is of a shared package
     */
    boolean shares(String name) {
        return present.stream()
                .flatMap(each -> each.packages().stream())
                .anyMatch(name::startsWith);
    }

    /**
     * What the jars of the libraries say they export.
     *
     * @return values of {@code Export-Package}; without libraries that are not in jars
     */
    public Collection<String> exports() {
        return exports.values();
    }

    /**
     * Compares the versions a module asks for with those that are there.
     *
     * @param archive its {@code Import-Package} says what it was built for; without one it passes
     * @param libraries versions of packages of library modules
     * @throws io.holdfast.api.error.HoldfastException MODULE-2014 if they do not fit
     */
    void checkVersions(ModuleArchive archive, Map<String, String> libraries) {
        if (exports.isEmpty()) {
            return; // A host of directories, as in an IDE: nothing states a version.
        }
        String header = archive.manifest().getMainAttributes().getValue("Import-Package");
        for (ManifestHeader.Clause clause : ManifestHeader.parse(header)) {
            String there = versions.getOrDefault(clause.path(), libraries.get(clause.path()));
            String range = clause.parameter("version", "0");
            if (there != null && !ManifestHeader.inRange(there, range)) {
                throw doesNotFit(
                        archive,
                        "it needs the package %s in version %s, and %s is here"
                                .formatted(clause.path(), range, there));
            }
            boolean optional = clause.parameter("resolution:", "").equals("optional");
            if (there == null && !optional && clause.path().startsWith("io.holdfast.")) {
                throw doesNotFit(
                        archive, "it needs the package " + clause.path() + ", which is not here");
            }
        }
    }

    /** Refuses a library that the host shares itself: two copies would not know each other. */
    void refuseSecond(ModuleArchive archive) {
        if (has(archive.name())) {
            throw doesNotFit(archive, "the host has " + archive.name() + " itself");
        }
    }

    /** Says that a module cannot work here. */
    static io.holdfast.api.error.HoldfastException doesNotFit(ModuleArchive archive, String why) {
        return Problem.user("MODULE-2014", "The module does not fit: " + why + ".")
                .with("module", archive)
                .advise("install what it needs, or a version of it that was built for this host")
                .exception();
    }
}
