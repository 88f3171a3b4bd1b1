package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.LaunchedProject.Ended;
import io.holdfast.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./holdfast}, in a copy of the project that has little more than it needs. */
class LauncherIT {
    @TempDir Path temporary;
    private Path project;
    private Path launcher;
    private Path tools;
    private Map<String, String> environment;
    private LaunchedProject copy;

    @BeforeEach
    void copyProject() throws IOException {
        copy = LaunchedProject.in(temporary);
        project = copy.project();
        launcher = copy.launcher();
        tools = copy.tools();
        environment = copy.environment();
    }

    @Test
    void worksFromAnotherDirectoryThroughALinkAndWithSpacesInPaths() throws Exception {
        copy.putBuild();
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
        copy.putBuild();
        environment.put("HOLDFAST_OPTS", "-Xmx200m --version");
        assertThat(run(launcher, "examples").out()).contains("openjdk");
    }

    /** A program named mvn that tells what it was asked and, if that went well, puts the build. */
    private Path fakeMaven(String version, String ending) throws IOException {
        Path log = temporary.resolve("maven.log");
        Path build = temporary.resolve("build");
        LaunchedProject.putBuild(build);
        copy.addTool("cp");
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

    private void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!" + tools.resolve("bash") + "\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended run(Path way, String... arguments) throws Exception {
        return copy.run(way, arguments);
    }
}
