package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars of modules: versions of those there are, and small ones of strangers. */
final class ModuleJars {
    private ModuleJars() {}

    /** The same jar, stating another version. */
    static Path version(Path original, String version, Path target) throws IOException {
        try (JarFile in = new JarFile(original.toFile())) {
            Manifest manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (JarOutputStream out =
                    new JarOutputStream(Files.newOutputStream(target), manifest)) {
                for (JarEntry entry : Collections.list(in.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream bytes = in.getInputStream(entry)) {
                            bytes.transferTo(out);
                        }
                    }
                }
            }
        }
        return target;
    }

    /**
     * A module with a state backend that cannot be opened.
     *
     * @param name the module's
     * @param version the module's
     * @param backend the backend's name
     * @param create what its factory does when it makes the backend, before it does
     */
    static Path backend(String name, String version, String backend, String create, Path target)
            throws IOException {
        String code =
                """
                package stranger;
                import io.holdfast.api.config.*;
                import io.holdfast.spi.snapshot.*;
                import io.holdfast.spi.state.*;
                import java.util.*;
                public class Factory implements StateBackendFactory {
                    public String name() { return "%1$s"; }
                    public StateBackend create(ReadableConfig config) {
                        %2$s
                        return new StateBackend() {
                            public String name() { return "%1$s"; }
                            public Set<SnapshotKind> snapshotKinds() {
                                return EnumSet.allOf(SnapshotKind.class);
                            }
                            public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) {
                                throw new IllegalStateException("it never opens");
                            }
                        };
                    }
                }
                """
                        .formatted(backend, create);
        Path classes = Files.createTempDirectory(target.getParent(), "classes");
        compile(code, classes, "");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Bundle-SymbolicName"), name);
        manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
            addProvider(out, classes);
        }
        return target;
    }

    /** A version of the heap backend that works for the first job that it is asked by. */
    static Path heapForOneJob(Path original, String version, Path target) throws IOException {
        String code =
                """
                package stranger;
                import io.holdfast.api.config.*;
                import io.holdfast.backend.hashmap.HashMapStateBackendFactory;
                import io.holdfast.spi.state.*;
                import java.util.*;
                import java.util.concurrent.atomic.AtomicInteger;
                public class Factory implements StateBackendFactory {
                    private static final AtomicInteger MADE = new AtomicInteger();
                    private final StateBackendFactory whole = new HashMapStateBackendFactory();
                    public String name() { return whole.name(); }
                    public List<ConfigOption<?>> options() { return whole.options(); }
                    public StateBackend create(ReadableConfig config) {
                        if (MADE.incrementAndGet() > 1) {
                            throw new IllegalStateException("licensed for one job");
                        }
                        return whole.create(config);
                    }
                }
                """;
        Path classes = Files.createTempDirectory(target.getParent(), "classes");
        compile(code, classes, original.toString());
        try (JarFile in = new JarFile(original.toFile())) {
            Manifest manifest = new Manifest(in.getManifest());
            manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
            try (JarOutputStream out =
                    new JarOutputStream(Files.newOutputStream(target), manifest)) {
                for (JarEntry entry : Collections.list(in.entries())) {
                    if (entry.getName().startsWith("io/")) {
                        try (InputStream bytes = in.getInputStream(entry)) {
                            add(out, entry.getName(), bytes.readAllBytes());
                        }
                    }
                }
                addProvider(out, classes);
            }
        }
        return target;
    }

    private static void addProvider(JarOutputStream out, Path classes) throws IOException {
        try (Stream<Path> tree = Files.walk(classes)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                add(out, classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        add(
                out,
                "META-INF/services/" + StateBackendFactory.class.getName(),
                "stranger.Factory\n".getBytes(StandardCharsets.UTF_8));
    }

    /** A jar that would write outside of where it is unpacked. */
    static Path hostile(Path target) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target))) {
            add(out, "../../.profile", new byte[] {1});
        }
        return target;
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
    }

    private static void compile(String code, Path classes, String more) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter log = new StringWriter();
        String classPath =
                String.join(
                        File.pathSeparator,
                        place(StateBackendFactory.class).toString(),
                        place(ConfigOption.class).toString(),
                        more);
        boolean compiled =
                compiler.getTask(
                                log,
                                null,
                                null,
                                List.of("-d", classes.toString(), "-cp", classPath, "-proc:none"),
                                null,
                                List.of(new Source(code)))
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

        Source(String code) {
            super(URI.create("string:///stranger/Factory.java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
