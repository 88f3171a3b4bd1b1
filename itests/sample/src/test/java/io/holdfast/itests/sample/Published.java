package io.holdfast.itests.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The jars that authors of modules get, with their poms, in a repository of files. */
final class Published {
    private static final String VERSION = System.getProperty("test.version");
    private static final Path ROOT = Path.of(System.getProperty("test.root"));
    private static final Map<String, String> ARTIFACTS =
            Map.of(
                    "holdfast-api", "platform/api",
                    "holdfast-spi", "platform/spi",
                    "holdfast-toolkit", "platform/toolkit",
                    "holdfast-testkit", "platform/testkit");

    private Published() {}

    /** Publishes them. */
    static Path in(Path repository) throws IOException {
        Files.copy(ROOT.resolve("pom.xml"), place(repository, "holdfast-parent", "pom"));
        for (Map.Entry<String, String> artifact : ARTIFACTS.entrySet()) {
            Files.copy(
                    ROOT.resolve(artifact.getValue()).resolve("pom.xml"),
                    place(repository, artifact.getKey(), "pom"));
            Files.copy(built(artifact.getKey()), place(repository, artifact.getKey(), "jar"));
        }
        return repository;
    }

    private static Path place(Path repository, String artifact, String type) throws IOException {
        Path directory = repository.resolve("io/holdfast").resolve(artifact).resolve(VERSION);
        return Files.createDirectories(directory)
                .resolve("%s-%s.%s".formatted(artifact, VERSION, type));
    }

    /** The packaged jar that this test was built with. */
    private static Path built(String artifact) {
        List<Path> jars =
                classPath().stream()
                        .filter(
                                path ->
                                        path.getFileName()
                                                .toString()
                                                .equals(artifact + "-" + VERSION + ".jar"))
                        .toList();
        assertThat(jars).as("the jar of %s; run the verify phase", artifact).hasSize(1);
        return jars.get(0);
    }

    static List<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
