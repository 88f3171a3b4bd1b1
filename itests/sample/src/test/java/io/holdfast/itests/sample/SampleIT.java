package io.holdfast.itests.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody who knows only the published jars writes a backend: the project {@code tree-backend} is
 * built by a Maven of its own, which finds Holdfast in a repository of files and nowhere else,
 * keeps all contracts, and its jar does its work in hosts of every kind.
 *
 * <p>That Maven has no network: it takes plugins from the local repository of this build, where
 * they are because this build uses the same ones.
 */
class SampleIT {
    private static final String MODULE = "holdfast-(backend|storage)-.*\\.jar";
    private static final String OSGI = "(holdfast-host-osgi|org\\.apache\\.felix).*\\.jar";
    private static final String OURS =
            "(holdfast|slf4j|config|snakeyaml|org\\.apache\\.felix).*\\.jar";
    private static final String TESTS = "holdfast-testkit.*\\.jar";
    private static final String MAIN = "io.holdfast.itests.sample.DropIn";
    private static final int MOST_LINES = 200;

    @TempDir static Path own;
    private static Path project;
    private static String log;

    @TempDir Path directory;

    @BeforeAll
    static void buildTheProject() throws Exception {
        project = own.resolve("tree-backend");
        copy(Path.of("tree-backend").toAbsolutePath(), project);
        Path repository = Published.in(own.resolve("published"));
        Path settings = own.resolve("settings.xml");
        Files.writeString(
                settings,
                """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors>
                    <mirror><id>this-build</id><mirrorOf>central</mirrorOf><url>%s</url></mirror>
                  </mirrors>
                  <profiles>
                    <profile>
                      <id>published</id>
                      <repositories>
                        <repository><id>published</id><url>%s</url></repository>
                      </repositories>
                    </profile>
                  </profiles>
                  <activeProfiles><activeProfile>published</activeProfile></activeProfiles>
                </settings>
                """
                        .formatted(
                                own.resolve("m2"),
                                Path.of(System.getProperty("test.repository")).toUri(),
                                repository.toUri()));
        ProcessBuilder maven =
                new ProcessBuilder(
                        Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                        "--batch-mode",
                        "--settings=" + settings,
                        "--global-settings=" + settings,
                        "verify");
        maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
        maven.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1");
        maven.environment().remove("MAVEN_ARGS");
        log = run(maven.directory(project.toFile()), own.resolve("maven.txt"));
    }

    @Test
    void itsBackendKeepsEveryContract() {
        Matcher counts =
                Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0, Skipped: (\\d+)")
                        .matcher(log);
        assertThat(counts.find()).as(log).isTrue();
        System.out.println("contracts: " + counts.group());
        int run = Integer.parseInt(counts.group(1)) - Integer.parseInt(counts.group(2));
        assertThat(run)
                .as("what ran, without the kinds of snapshots it does not take")
                .isGreaterThan(200);
    }

    @Test
    void itKnowsOnlyWhatIsPublished() throws Exception {
        assertThat(Files.readString(project.resolve("pom.xml"))).doesNotContain("<parent>");
        assertThat(directories(own.resolve("m2/io/holdfast")))
                .containsExactlyInAnyOrder(
                        "holdfast-parent",
                        "holdfast-api",
                        "holdfast-spi",
                        "holdfast-toolkit",
                        "holdfast-testkit");
    }

    @Test
    void itIsShort() throws Exception {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(project.resolve("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        long code = lines.stream().filter(line -> !line.matches(" *(|//.*|/?\\*.*)")).count();
        System.out.println(code + " lines of code");
        assertThat(code).isBetween(1L, (long) MOST_LINES);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"class path", "class loader", "module layer", "OSGi"})
    void itsJarDoesItsWorkInAHostThatRuns(String world) throws Exception {
        Path jar = project.resolve("target/tree-backend-1.0.0.jar");
        Path modules = Files.createDirectory(directory.resolve("jars"));
        for (Path module : ours(MODULE)) {
            Files.copy(module, modules.resolve(module.getFileName()));
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        command.addAll(program(world, jar));
        command.addAll(
                List.of(world, modules.toString(), jar.toString(), "tree", directory.toString()));

        String text = run(new ProcessBuilder(command), directory.resolve("output.txt"));

        System.out.println(text.strip().indent(2));
        assertThat(text)
                .contains(
                        "hashmap: digest sha256:",
                        "tree: digest sha256:",
                        "hashmap, then tree: digest sha256:",
                        "tree to and fro: digest sha256:");
        assertThat(text).endsWith("PASSED" + System.lineSeparator());
    }

    private static List<String> program(String world, Path stranger) {
        return switch (world) {
            case "class path" ->
                    List.of("-cp", joined(without(OSGI)) + File.pathSeparator + stranger, MAIN);
            case "class loader" -> List.of("-cp", joined(without(MODULE + "|" + OSGI)), MAIN);
            case "OSGi" -> List.of("-cp", joined(without(MODULE)), MAIN);
            case "module layer" ->
                    List.of(
                            "-p",
                            joined(without(MODULE + "|" + OSGI)),
                            "--add-modules=ALL-MODULE-PATH",
                            "-m",
                            "holdfast.itests.sample/" + MAIN);
            default -> throw new IllegalArgumentException(world);
        };
    }

    private static List<Path> without(String pattern) {
        return ours(OURS).stream()
                .filter(path -> !path.getFileName().toString().matches(pattern + "|" + TESTS))
                .toList();
    }

    private static List<Path> ours(String pattern) {
        List<Path> found =
                Published.classPath().stream()
                        .filter(path -> path.getFileName().toString().matches(pattern))
                        .toList();
        assertThat(found).as("packaged jars like %s", pattern).isNotEmpty();
        return found;
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs a program to its end, which must be a good one; gives what it said. */
    private static String run(ProcessBuilder program, Path output) throws Exception {
        Process process = program.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    private static List<String> directories(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    /** Copies a project without what was built of it. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("target")) {
                    Files.createDirectories(to.resolve(relative).getParent());
                    Files.copy(file, to.resolve(relative));
                }
            }
        }
    }
}
