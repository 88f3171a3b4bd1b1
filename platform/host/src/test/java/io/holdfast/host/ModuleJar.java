package io.holdfast.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds a real jar of a module: compiles sources, writes services files, leaves classes out. */
public final class ModuleJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<String> leftOut = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    /** A jar with nothing in it yet. */
    public ModuleJar() {}

    /** A class {@code modules.<name>} with these members, in a jar that names it as provider. */
    public ModuleJar provider(Class<?> service, String name, String declaration, String members) {
        service(service, "modules." + name);
        return source(name, declaration + " { " + members + " }");
    }

    public ModuleJar source(String name, String code) {
        sources.put(
                "modules." + name,
                """
                package modules;
                import io.holdfast.api.config.*;
                import io.holdfast.spi.snapshot.*;
                import io.holdfast.spi.state.*;
                import io.holdfast.spi.storage.*;
                import java.util.*;
                """
                        + code);
        return this;
    }

    public ModuleJar service(Class<?> service, String line) {
        services.merge(service.getName(), line + "\n", String::concat);
        return this;
    }

    public ModuleJar leaveOut(String name) {
        leftOut.add("modules/" + name + ".class");
        return this;
    }

    public ModuleJar version(String stated) {
        return header("Bundle-Version", stated);
    }

    /** A line of the manifest. */
    public ModuleJar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** A further entry. */
    public ModuleJar file(String name, byte[] content) {
        files.put(name, content);
        return this;
    }

    /** A state backend factory by this name that works. */
    public static ModuleJar backend(String className, String name) {
        return new ModuleJar()
                .provider(
                        StateBackendFactory.class,
                        className,
                        "public class " + className + " implements StateBackendFactory",
                        "public String name() { return \"%s\"; } %s".formatted(name, create(name)));
    }

    /** A create method that makes a backend by this name. */
    public static String create(String name) {
        return """
        public StateBackend create(ReadableConfig config) {
            return new StateBackend() {
                public String name() { return "%s"; }
                public Set<SnapshotKind> snapshotKinds() { return EnumSet.allOf(SnapshotKind.class); }
                public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) {
                    throw new IllegalStateException("not opened here");
                }
            };
        }
        """
                .formatted(name);
    }

    /** A copy of a jar that states another version: faster than to compile it again. */
    public static Path restated(Path jar, String version, Path copy) throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                for (JarEntry entry : Collections.list(in.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        out.write(in.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
        return copy;
    }

    public Path write(Path jar) throws IOException {
        Path classes = Files.createTempDirectory(jar.toAbsolutePath().getParent(), "classes");
        compile(classes);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(
                (name, value) ->
                        manifest.getMainAttributes().put(new Attributes.Name(name), value));
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                Stream<Path> tree = Files.walk(classes)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace('\\', '/');
                if (!leftOut.contains(name)) {
                    entries.putNextEntry(new JarEntry(name));
                    entries.write(Files.readAllBytes(file));
                }
            }
            for (Map.Entry<String, String> service : services.entrySet()) {
                entries.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                entries.write(service.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                entries.putNextEntry(new JarEntry(file.getKey()));
                entries.write(file.getValue());
            }
        }
        try (Stream<Path> built = Files.walk(classes)) {
            for (Path each : built.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
        return jar;
    }

    private void compile(Path classes) throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, code) -> units.add(new Source(name, code)));
        StringWriter log = new StringWriter();
        String classPath =
                place(StateBackendFactory.class)
                        + java.io.File.pathSeparator
                        + place(ConfigOption.class);
        boolean compiled =
                compiler.getTask(
                                log,
                                null,
                                null,
                                List.of("-d", classes.toString(), "-cp", classPath, "-proc:none"),
                                null,
                                units)
                        .call();
        assertThat(compiled).as(log.toString()).isTrue();
    }

    private static Path place(Class<?> type) throws IOException {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
