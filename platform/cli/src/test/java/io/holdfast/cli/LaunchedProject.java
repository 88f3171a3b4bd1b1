package io.holdfast.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the project that has little more than the launcher needs, with an environment of its
 * own.
 */
final class LaunchedProject {
    static final Path ROOT = Path.of(System.getProperty("project.root"));
    static final Path BUILT = ROOT.resolve("platform/cli/target");

    private final Path temporary;
    private final Path project;
    private final Path launcher;
    private final Path tools;
    private final Map<String, String> environment = new HashMap<>();
    private int runs;

    /** What a run printed, and how it ended. */
    record Ended(int exitCode, String out, String err) {}

    private LaunchedProject(Path temporary) throws IOException {
        this.temporary = temporary;
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
            addTool(tool);
        }
        environment.put("PATH", tools.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /** Copies the project, without what was built. */
    static LaunchedProject in(Path temporary) throws IOException {
        return new LaunchedProject(temporary);
    }

    Path project() {
        return project;
    }

    Path launcher() {
        return launcher;
    }

    Path tools() {
        return tools;
    }

    Map<String, String> environment() {
        return environment;
    }

    void addTool(String tool) throws IOException {
        Files.createSymbolicLink(tools.resolve(tool), whereIs(tool));
    }

    private static Path whereIs(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no program " + tool));
    }

    /** Puts what was built where the launcher looks for it, so that it builds nothing. */
    void putBuild() throws IOException {
        Path lib = putBuild(project.resolve("platform/cli/target"));
        Files.writeString(lib.resolve(".built"), "");
    }

    /** Puts what was built into a directory. */
    static Path putBuild(Path target) throws IOException {
        Path lib = Files.createDirectories(target.resolve("lib"));
        Files.createSymbolicLink(
                target.resolve("holdfast-cli.jar"), BUILT.resolve("holdfast-cli.jar"));
        try (Stream<Path> jars = Files.list(BUILT.resolve("lib"))) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        return lib;
    }

    /** A jar that comes with the command. */
    static Path built(String artifact) throws IOException {
        try (Stream<Path> jars = Files.list(BUILT.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(artifact))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A command that is to be started. */
    ProcessBuilder command(Path way, String... arguments) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.concat(Stream.of(way.toString()), Stream.of(arguments)).toList());
        builder.directory(temporary.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs a command to its end. */
    Ended run(Path way, String... arguments) throws Exception {
        runs++;
        Path out = temporary.resolve("out-" + runs);
        Path err = temporary.resolve("err-" + runs);
        int exitCode =
                command(way, arguments)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start()
                        .waitFor();
        return new Ended(
                exitCode,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
