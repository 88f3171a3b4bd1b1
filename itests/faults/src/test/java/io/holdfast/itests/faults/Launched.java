package io.holdfast.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The command {@code holdfast} in a process of its own, with the launcher's class path. */
final class Launched implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int KILLED = 128 + 9;

    private final Process process;
    private final Path output;
    private int told;

    private Launched(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it; what the launcher keeps for its user goes below {@code home}. */
    static Launched start(Path home, String... arguments) throws IOException {
        Path target = Path.of(System.getProperty("project.root"), "platform/cli/target");
        assertThat(target.resolve("lib")).as("what the launcher runs").isDirectory();
        String classPath =
                target.resolve("holdfast-cli.jar") + File.pathSeparator + target.resolve("lib/*");
        return start(home, classPath, "io.holdfast.cli.Holdfast", arguments);
    }

    /** Starts another program, with the class path of the tests. */
    static Launched program(Path home, Class<?> main, String... arguments) throws IOException {
        return start(home, System.getProperty("java.class.path"), main.getName(), arguments);
    }

    private static Launched start(Path home, String classPath, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(
                List.of(
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        main));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XDG_STATE_HOME", home.toString());
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        return new Launched(builder.start(), output);
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /** Waits until a line starts with a word, and returns it. */
    String awaitLine(String word) {
        return Awaitility.await("a line that starts with '" + word + "'")
                .atMost(LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            assertThat(process.isAlive() || output().contains(word))
                                    .as(output())
                                    .isTrue();
                            return output().lines()
                                    .filter(line -> line.startsWith(word))
                                    .findFirst()
                                    .orElse(null);
                        },
                        line -> line != null);
    }

    /** Waits until the output says something that matches. */
    void awaitOutput(String regex) {
        Pattern pattern = Pattern.compile(regex);
        Awaitility.await("output that matches '" + regex + "'")
                .atMost(LONGEST)
                .until(
                        () -> {
                            boolean said = pattern.matcher(output()).find();
                            assertThat(said || process.isAlive()).as(output()).isTrue();
                            return said;
                        });
    }

    /** Writes a line to its standard input. */
    void tell(String command) throws IOException {
        told++;
        input().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        input().flush();
    }

    /**
     * Tells it something and waits for the answer, a line that begins with the command's number.
     */
    String ask(String command) throws IOException {
        tell(command);
        return awaitLine(told + ": ");
    }

    /** What it reads from standard input. */
    OutputStream input() {
        return process.getOutputStream();
    }

    /** Waits until a file of a name is somewhere below a directory. */
    void awaitFile(Path directory, String name) {
        Awaitility.await("a file " + name + " below " + directory)
                .atMost(LONGEST)
                .until(
                        () -> {
                            assertThat(process.isAlive()).as(output()).isTrue();
                            try (Stream<Path> files = Files.walk(directory)) {
                                return files.anyMatch(file -> file.endsWith(name));
                            } catch (UncheckedIOException e) {
                                return false; // Something was removed in between.
                            }
                        });
    }

    /** What Ctrl-C does. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Kills it after a time, unless it has ended by then; tells whether it was killed. */
    boolean killAfter(Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        process.destroyForcibly();
        return process.waitFor() == KILLED;
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
