package io.holdfast.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One jar, three worlds: what a jar says as class path jar, as module and as bundle must be the
 * same.
 */
class ProvidersIT {
    private static final Pattern CAPABILITY =
            Pattern.compile(
                    "osgi\\.serviceloader=\"(?<service>[^\"]+)\"(?<rest>[^,]*;register:=\"?(?<provider>[^\",;]+)\"?)");

    /** A clause of a header; commas in quotes do not end it. */
    private static final Pattern CLAUSE = Pattern.compile("(?:[^,\"]|\"[^\"]*\")+");

    static Stream<Path> jars() {
        return Arrays.stream(
                        System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(
                        jar ->
                                jar.getFileName()
                                        .toString()
                                        .matches(
                                                "holdfast-(?!itests|testkit|examples|cli).*\\.jar"));
    }

    static Stream<Path> bundles() {
        return jars().filter(
                        jar ->
                                jar.getFileName()
                                        .toString()
                                        .matches("holdfast-(backend|storage|rocksdb|format).*"));
    }

    @Test
    void theJarsOfThisBuildAreLookedAt() {
        assertThat(jars().map(jar -> jar.getFileName().toString()))
                .as("packaged jars on the class path; run this test in the verify phase")
                .hasSizeGreaterThanOrEqualTo(11);
    }

    @ParameterizedTest
    @MethodSource("jars")
    void moduleNameIsSymbolicNameAndRootOfExports(Path jar) throws IOException {
        ModuleDescriptor module = descriptor(jar);
        String symbolicName = manifest(jar, "Bundle-SymbolicName");
        assertThat(module.isAutomatic()).as("%s has a module-info", jar).isFalse();
        assertThat(module.name()).isEqualTo(symbolicName);
        assertThat(module.exports())
                .allSatisfy(
                        export ->
                                assertThat(export.source())
                                        .satisfiesAnyOf(
                                                name -> assertThat(name).startsWith(symbolicName),
                                                name ->
                                                        assertThat(name)
                                                                .startsWith("org.rocksdb")));
    }

    @ParameterizedTest
    @MethodSource("jars")
    void moduleExportsAreBundleExports(Path jar) throws IOException {
        String header = manifest(jar, "Export-Package");
        Set<String> exported =
                header == null
                        ? Set.of()
                        : CLAUSE.matcher(header)
                                .results()
                                .map(clause -> clause.group().split(";")[0])
                                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> moduleExports =
                descriptor(jar).exports().stream()
                        .map(ModuleDescriptor.Exports::source)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(moduleExports).isEqualTo(exported);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void servicesModuleAndCapabilitiesNameTheSameProviders(Path jar) throws IOException {
        Map<String, Set<String>> services = services(jar);
        assertThat(moduleProvides(jar)).as("module-info of %s", jar).isEqualTo(services);
        assertThat(capabilities(jar)).as("Provide-Capability of %s", jar).isEqualTo(services);
        if (!jar.getFileName().toString().contains("native")) {
            assertThat(services).as("providers of %s", jar).isNotEmpty();
        }
    }

    private static ModuleDescriptor descriptor(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
    }

    private static String manifest(Path jar, String header) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(header);
        }
    }

    private static Map<String, Set<String>> services(Path jar) throws IOException {
        Map<String, Set<String>> services = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names =
                    file.stream()
                            .map(java.util.zip.ZipEntry::getName)
                            .filter(name -> name.matches("META-INF/services/[^/]+"))
                            .toList();
            for (String name : names) {
                String text =
                        new String(
                                file.getInputStream(file.getEntry(name)).readAllBytes(),
                                java.nio.charset.StandardCharsets.UTF_8);
                Set<String> providers =
                        text.lines()
                                .map(line -> line.replaceAll("#.*", "").strip())
                                .filter(line -> !line.isEmpty())
                                .collect(Collectors.toCollection(TreeSet::new));
                services.put(name.substring("META-INF/services/".length()), providers);
            }
        }
        return services;
    }

    private static Map<String, Set<String>> moduleProvides(Path jar) {
        Map<String, Set<String>> provides = new TreeMap<>();
        descriptor(jar)
                .provides()
                .forEach(each -> provides.put(each.service(), new TreeSet<>(each.providers())));
        return provides;
    }

    private static Map<String, Set<String>> capabilities(Path jar) throws IOException {
        Map<String, Set<String>> capabilities = new TreeMap<>();
        String header = manifest(jar, "Provide-Capability");
        if (header != null) {
            for (String clause : header.split(",(?=osgi\\.)")) {
                Matcher matcher = CAPABILITY.matcher(clause);
                if (clause.startsWith("osgi.serviceloader") && matcher.find()) {
                    capabilities
                            .computeIfAbsent(matcher.group("service"), service -> new TreeSet<>())
                            .add(matcher.group("provider"));
                }
            }
        }
        return capabilities;
    }

    @Test
    void everyModuleOfTheReactorHasItsReadme() {
        Path root = Path.of(System.getProperty("project.root"));
        try (Stream<Path> bundles = Files.list(root.resolve("bundles"))) {
            assertThat(bundles.filter(dir -> Files.exists(dir.resolve("pom.xml"))))
                    .isNotEmpty()
                    .allSatisfy(dir -> assertThat(dir.resolve("README.md")).exists());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
