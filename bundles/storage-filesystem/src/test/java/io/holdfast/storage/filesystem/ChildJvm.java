package io.holdfast.storage.filesystem;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Another process that runs a class of the tests. Killed when it is closed. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;

    private ChildJvm(Process process) {
        this.process = process;
        this.lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the main method of a class. */
    public static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return run(command(main, arguments));
    }

    /** Starts it with a limit for the size of files, in units of 512 or 1024 bytes. */
    public static ChildJvm startLimited(int blocks, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c"));
        command.add("ulimit -f " + blocks + "; exec \"$0\" \"$@\"");
        command.addAll(command(main, arguments));
        return run(command);
    }

    private static List<String> command(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    private static ChildJvm run(List<String> command) throws IOException {
        return new ChildJvm(
                new ProcessBuilder(command)
                        .directory(new File(System.getProperty("java.io.tmpdir")))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /** Its id. */
    public long pid() {
        return process.pid();
    }

    /** The next line it prints, or empty after its end. */
    public Optional<String> line() throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    /** Waits for a line. */
    public void await(String expected) throws IOException {
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            if (line.get().equals(expected)) {
                return;
            }
        }
        throw new IOException("the child ended without saying " + expected);
    }

    /** Kills it with signal 9, and waits until it is dead. */
    public void kill() throws InterruptedException {
        // Process.destroyForcibly() would close the output before it is read to its end.
        process.toHandle().destroyForcibly();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("process " + pid() + " survives signal 9");
        }
    }

    /** Waits for its end. */
    public int exit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
