package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./holdfast}, in a copy of the project that has little more than it needs. */
class LauncherIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path BUILT = ROOT.resolve("platform/cli/target");

    @TempDir Path temporary;
    private Path project;
    private Path launcher;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    /** What a run printed, and how it ended. */
    record Ended(int exitCode, String out, String err) {}

    @BeforeEach
    void copyProject() throws IOException {
        project = Files.createDirectory(temporary.resolve("a project"));
        launcher = Files.copy(ROOT.resolve("holdfast"), project.resolve("holdfast"));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path sources = project.resolve("platform/api/src/main/java");
        Files.createDirectories(sources);
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.writeString(sources.resolve("Some.java"), "class Some {}");
        tools = Files.createDirectory(temporary.resolve("tools"));
        for (String tool :
                List.of(
                        "bash",
                        "cat",
                        "dirname",
                        "env",
                        "find",
                        "head",
                        "mkdir",
                        "readlink",
                        "rm",
                        "sed",
                        "sleep",
                        "tail",
                        "touch")) {
            Files.createSymbolicLink(tools.resolve(tool), whereIs(tool));
        }
        environment.put("PATH", tools.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void worksFromAnotherDirectoryThroughALinkAndWithSpacesInPaths() throws Exception {
        putBuild(project.resolve("platform/cli/target"));
        Path link = Files.createSymbolicLink(temporary.resolve("holdfast link"), launcher);
        Path relative = temporary.resolve("bin");
        Files.createDirectory(relative);
        Files.createSymbolicLink(relative.resolve("hf"), Path.of("..", "holdfast link"));
        for (Path way : List.of(launcher, link, relative.resolve("hf"))) {
            Ended ended = run(way, "--version");
            assertThat(ended.err()).isEmpty();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out()).startsWith("holdfast ").doesNotContain("not built as a jar");
        }
    }

    @Test
    void buildsOnFirstUseAndAgainWhenASourceIsNewer() throws Exception {
        Path log = fakeMaven("3.9.9", "exit 0");
        Ended first = run(launcher, "examples");
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.out()).contains("nexmark-q5");
        assertThat(first.err()).contains("first use; building", "built in");
        assertThat(Files.readString(log)).contains("-DskipTests", "package -pl platform/cli -am");

        Files.delete(log);
        assertThat(run(launcher, "examples").err()).isEmpty();
        assertThat(log).doesNotExist();

        Files.setLastModifiedTime(
                project.resolve("platform/api/src/main/java/Some.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run(launcher, "examples").err()).contains("sources are newer");
        assertThat(log).exists();
    }

    @Test
    void aBuildThatFailsShowsWhatMavenSaid() throws Exception {
        fakeMaven("3.9.9", "echo cannot find symbol; exit 1");
        Ended ended = run(launcher, "examples");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(ended.err()).contains("cannot find symbol", "CLI-7095");
        assertThat(project.resolve("platform/cli/target/.building")).doesNotExist();
    }

    @Test
    void mavenMissingOrTooOldIsSaid() throws Exception {
        Ended missing = run(launcher, "examples");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(missing.err()).contains("CLI-7092", "install Maven 3.8");
        fakeMaven("3.6.3", "exit 0");
        Ended old = run(launcher, "examples");
        assertThat(old.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(old.err()).contains("CLI-7093", "this is Maven 3.6.3");
    }

    @Test
    void javaMissingOrTooOldIsSaid() throws Exception {
        environment.put("JAVA_HOME", temporary.resolve("nowhere").toString());
        Ended missing = run(launcher, "examples");
        assertThat(missing.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(missing.err()).contains("CLI-7090", "JAVA_HOME=");
        environment.remove("JAVA_HOME");
        assertThat(run(launcher, "examples").err()).contains("CLI-7090", "PATH");

        Path java = temporary.resolve("jdk 11/bin/java");
        Files.createDirectories(java.getParent());
        script(java, "exit 9");
        Files.writeString(temporary.resolve("jdk 11/release"), "JAVA_VERSION=\"11.0.2\"\n");
        environment.put("JAVA_HOME", temporary.resolve("jdk 11").toString());
        Ended old = run(launcher, "examples");
        assertThat(old.exitCode()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(old.err()).contains("CLI-7091", "this is Java 11.0.2");
    }

    @Test
    void optionsReachTheVirtualMachine() throws Exception {
        putBuild(project.resolve("platform/cli/target"));
        environment.put("HOLDFAST_OPTS", "-Xmx200m --version");
        assertThat(run(launcher, "examples").out()).contains("openjdk");
    }

    /** A program named mvn that tells what it was asked and, if that went well, puts the build. */
    private Path fakeMaven(String version, String ending) throws IOException {
        Path log = temporary.resolve("maven.log");
        Path build = temporary.resolve("build");
        putBuild(build);
        Files.createSymbolicLink(tools.resolve("cp"), whereIs("cp"));
        script(
                tools.resolve("mvn"),
                """
                if [ "$1" = -version ]; then echo "Apache Maven %s (fake)"; exit 0; fi
                echo "$@" > "%s"
                cp -R "%s/." platform/cli/target/
                %s
                """
                        .formatted(version, log, build, ending));
        return log;
    }

    private static void putBuild(Path target) throws IOException {
        Path lib = Files.createDirectories(target.resolve("lib"));
        Files.createSymbolicLink(
                target.resolve("holdfast-cli.jar"), BUILT.resolve("holdfast-cli.jar"));
        try (Stream<Path> jars = Files.list(BUILT.resolve("lib"))) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        if (!target.endsWith("build")) {
            Files.writeString(lib.resolve(".built"), "");
        }
    }

    private void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!" + tools.resolve("bash") + "\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path whereIs(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no program " + tool));
    }

    private Ended run(Path way, String... arguments) throws Exception {
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.concat(Stream.of(way.toString()), Stream.of(arguments)).toList());
        builder.directory(temporary.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        int exitCode = builder.start().waitFor();
        return new Ended(
                exitCode,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
