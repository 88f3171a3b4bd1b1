package io.holdfast.host.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The jars of a class path as modules may see them: the packages that their {@code Export-Package}
 * names, by the names that the jars go by. Immutable.
 */
final class ClassPathLibraries {
    private static final String DESCRIPTOR = "module-info.class";

    private final Map<String, Set<String>> packages = new HashMap<>();
    private final Map<String, String> versions = new HashMap<>();

    private ClassPathLibraries() {}

    /**
     * What a class loader has.
     *
     * @param loader the host's class loader
     * @throws UncheckedIOException if a manifest cannot be read
     */
    static ClassPathLibraries of(ClassLoader loader) {
        ClassPathLibraries libraries = new ClassPathLibraries();
        try {
            for (URL manifest : Collections.list(loader.getResources(JarFile.MANIFEST_NAME))) {
                libraries.read(manifest);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return libraries;
    }

    private void read(URL url) throws IOException {
        Attributes manifest;
        try (InputStream in = open(url)) {
            manifest = new Manifest(in).getMainAttributes();
        }
        String header = manifest.getValue("Export-Package");
        if (header == null) {
            return;
        }
        Set<String> exported = new LinkedHashSet<>();
        for (ManifestHeader.Clause clause : ManifestHeader.parse(header)) {
            exported.add(clause.path());
            versions.putIfAbsent(clause.path(), clause.parameter("version", "0.0.0"));
        }
        String bundle = manifest.getValue("Bundle-SymbolicName");
        if (bundle != null) {
            packages.putIfAbsent(bundle.replaceFirst(";.*", "").strip(), exported);
        }
        String automatic = manifest.getValue("Automatic-Module-Name");
        if (automatic != null) {
            packages.putIfAbsent(automatic.strip(), exported);
        }
        String root = url.toString();
        root = root.substring(0, root.length() - JarFile.MANIFEST_NAME.length());
        String versioned = root + "META-INF/versions/9/" + DESCRIPTOR;
        moduleName(root + DESCRIPTOR)
                .or(() -> moduleName(versioned))
                .ifPresent(name -> packages.putIfAbsent(name, exported));
    }

    private static Optional<String> moduleName(String url) {
        try (InputStream in = open(url(url))) {
            return Optional.of(ModuleDescriptor.read(in).name());
        } catch (IOException | InvalidModuleDescriptorException e) {
            return Optional.empty(); // It is no module of the Java platform.
        }
    }

    // Deprecated from Java 20 on; a jar's own entries have no URI that Java 17 could make a URL of.
    @SuppressWarnings("deprecation")
    private static URL url(String text) throws MalformedURLException {
        return new URL(text);
    }

    private static InputStream open(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    /**
     * What a jar exports.
     *
     * @param name its name as a Java module or as a bundle
     * @return empty if there is no such jar, or if it exports nothing
     */
    Set<String> packagesOf(String name) {
        return packages.getOrDefault(name, Set.of());
    }

    /**
     * The version of a package that some jar exports.
     *
     * @param name name of a package
     * @return empty if none exports it
     */
    Optional<String> versionOf(String name) {
        return Optional.ofNullable(versions.get(name));
    }
}
