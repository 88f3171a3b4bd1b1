package io.holdfast.host.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jars of a class path say they export, by all the names they go by. */
class ClassPathLibrariesTest {
    @TempDir Path directory;

    private URL jar(String file, String... headers) throws Exception {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        for (int i = 0; i < headers.length; i += 2) {
            manifest.getMainAttributes().put(new Attributes.Name(headers[i]), headers[i + 1]);
        }
        Path jar = directory.resolve(file);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar.toUri().toURL();
    }

    @Test
    void aJarIsFoundByItsNamesAsABundleAndAsAModule() throws Exception {
        URL jar =
                jar(
                        "a.jar",
                        "Bundle-SymbolicName",
                        "com.example.a;singleton:=true",
                        "Automatic-Module-Name",
                        "example.a",
                        "Export-Package",
                        "com.example.a;version=\"1.2.3\",com.example.a.more");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, null)) {
            ClassPathLibraries libraries = ClassPathLibraries.of(loader);
            assertThat(libraries.packagesOf("com.example.a"))
                    .containsExactlyInAnyOrder("com.example.a", "com.example.a.more");
            assertThat(libraries.packagesOf("example.a")).hasSize(2);
            assertThat(libraries.versionOf("com.example.a")).contains("1.2.3");
            assertThat(libraries.versionOf("com.example.a.more")).contains("0.0.0");
        }
    }

    @Test
    void aJarWithAModuleDescriptorIsFoundByThatNameToo() throws Exception {
        // SLF4J: the module org.slf4j, the bundle slf4j.api.
        URL slf4j =
                Path.of(
                                org.slf4j.Logger.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .toUri()
                        .toURL();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {slf4j}, null)) {
            ClassPathLibraries libraries = ClassPathLibraries.of(loader);
            assertThat(libraries.packagesOf("org.slf4j")).contains("org.slf4j", "org.slf4j.spi");
            assertThat(libraries.packagesOf("slf4j.api"))
                    .isEqualTo(libraries.packagesOf("org.slf4j"));
        }
    }

    @Test
    void ofTwoJarsTheFirstCountsAndOneThatExportsNothingIsNone() throws Exception {
        URL[] jars = {
            jar("none.jar", "Bundle-SymbolicName", "com.example.none"),
            jar("1.jar", "Bundle-SymbolicName", "x", "Export-Package", "x;version=\"1\""),
            jar("2.jar", "Bundle-SymbolicName", "x", "Export-Package", "x;version=\"2\"")
        };
        try (URLClassLoader loader = new URLClassLoader(jars, null)) {
            ClassPathLibraries libraries = ClassPathLibraries.of(loader);
            assertThat(libraries.versionOf("x")).contains("1");
            assertThat(libraries.packagesOf("com.example.none")).isEmpty();
            assertThat(libraries.packagesOf("nobody")).isEmpty();
            assertThat(libraries.versionOf("nobody")).isEmpty();
        }
    }
}
