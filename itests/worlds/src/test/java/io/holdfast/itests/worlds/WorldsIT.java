package io.holdfast.itests.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The scenario in each world, on the JDK of the build and, if the system property {@code jdk.25} or
 * the environment variable {@code JAVA_HOME_25} or {@code JAVA_25_HOME} names one, on Java 25.
 */
class WorldsIT {
    private static final String MODULE = "holdfast-(backend|storage)-.*\\.jar";
    private static final String OSGI = "(holdfast-host-osgi|org\\.apache\\.felix).*\\.jar";
    private static final String MAIN = "io.holdfast.itests.worlds.Scenario";
    private static final int CYCLES = Integer.getInteger("test.cycles", 100);
    private static final int CYCLES_ELSEWHERE = Math.max(1, CYCLES / 5);
    private static final int MEASURED_CYCLES = 50;

    /** Where times are measured nothing else runs. */
    private static final String PROCESSORS = "processors";

    private static final Path OWN_JDK = Path.of(System.getProperty("java.home"));
    private static final int LONGEST_MINUTES = 10 + CYCLES / 20;

    @TempDir Path directory;

    static Stream<Arguments> worlds() {
        List<Path> homes = new ArrayList<>(List.of(OWN_JDK));
        Stream.of(
                        System.getProperty("jdk.25"),
                        System.getenv("JAVA_HOME_25"),
                        System.getenv("JAVA_25_HOME"))
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                .findFirst()
                .ifPresentOrElse(
                        homes::add,
                        () ->
                                System.out.println(
                                        "Not run on Java 25: neither -Djdk.25 nor JAVA_HOME_25"
                                                + " names one"));
        return homes.stream()
                .flatMap(
                        home ->
                                Stream.of("class path", "class loader", "module layer", "OSGi")
                                        .map(world -> Arguments.of(world, home)));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ResourceLock(value = PROCESSORS, mode = ResourceAccessMode.READ)
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("worlds")
    void jobsRunAndModulesComeAndGo(String world, Path javaHome) throws Exception {
        boolean own = javaHome.equals(OWN_JDK);
        // The compiler that takes no notes of methods: those would lie in the metaspace.
        run(world, javaHome, own ? CYCLES : CYCLES_ELSEWHERE, List.of("-XX:TieredStopAtLevel=1"));
    }

    @ResourceLock(PROCESSORS)
    @Test
    void deploymentsInOsgiAreMeasuredInAJvmAsUsersHaveIt() throws Exception {
        run("OSGi", OWN_JDK, MEASURED_CYCLES, List.of());
    }

    private void run(String world, Path javaHome, int cycles, List<String> more) throws Exception {
        Path modules = Files.createDirectory(directory.resolve("jars"));
        for (Path jar : paths(MODULE)) {
            String name = jar.getFileName().toString().replaceFirst("-[0-9].*", ".jar");
            Files.copy(jar, modules.resolve(name));
        }
        Files.createDirectory(directory.resolve("tmp"));
        List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(options());
        command.addAll(more);
        command.addAll(program(world));
        command.addAll(
                List.of(world, modules.toString(), directory.toString(), Integer.toString(cycles)));
        Path output = directory.resolve("output.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)).as("it ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        System.out.println(text.strip().indent(2));
        assertThat(process.exitValue()).as(text).isZero();
        assertThat(text).endsWith("PASSED" + System.lineSeparator());
    }

    private List<String> options() {
        return List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                // All of the heap from the start, so that what grows is not the heap.
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    }

    private static List<String> program(String world) throws IOException {
        return switch (world) {
            case "class path" -> List.of("-cp", joined(paths(".*\\.jar")), MAIN);
            case "class loader" -> List.of("-cp", joined(without(MODULE + "|" + OSGI)), MAIN);
            case "OSGi" -> List.of("-cp", joined(without(MODULE)), MAIN);
            case "module layer" ->
                    List.of(
                            "-p",
                            joined(without(MODULE + "|" + OSGI)),
                            "--add-modules=ALL-MODULE-PATH",
                            "--enable-native-access=io.holdfast.rocksdb",
                            "--add-opens=java.base/java.lang=holdfast.itests.worlds,io.holdfast.host",
                            "-m",
                            "holdfast.itests.worlds/" + MAIN);
            default -> throw new IllegalArgumentException(world);
        };
    }

    /** What this test was built with: the packaged jars, when it runs in the verify phase. */
    private static List<Path> paths(String pattern) {
        List<Path> paths =
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(path -> path.getFileName().toString().matches(pattern))
                        .filter(
                                path ->
                                        path.getFileName()
                                                .toString()
                                                .matches(
                                                        "(holdfast|slf4j|config|snakeyaml|org\\.apache"
                                                                + "\\.felix).*"))
                        .toList();
        assertThat(paths).as("packaged jars").isNotEmpty();
        return paths;
    }

    private static List<Path> without(String pattern) {
        return paths(".*\\.jar").stream()
                .filter(path -> !path.getFileName().toString().matches(pattern))
                .toList();
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
