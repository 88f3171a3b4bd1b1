package io.holdfast.benchmarks.runner;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Starts the JVMs that measure, one at a time, all with the same flags.
 *
 * @param home directory of the benchmarks, in which the modules of the peers are
 * @param java the {@code java} command to start
 * @param options options of the JVM that decide how fast it is: heap, collector
 * @param results directory for what the JVMs write; exists
 */
record PeerJvm(Path home, Path java, List<String> options, Path results) {

    /**
     * What Flink asks for on Java 17 and later. The others get it too: all run with the same flags.
     */
    private static final List<String> OPENED_PACKAGES =
            List.of(
                    "java.lang",
                    "java.lang.reflect",
                    "java.net",
                    "java.nio",
                    "java.text",
                    "java.time",
                    "java.util");

    private static final int ERROR_LINES = 12;

    /**
     * Runs a main class on the class path of a peer's module and waits for its end.
     *
     * @param name of the log file, without its ending
     * @throws MeasurementFailure if the JVM ends with an error; the message has the first error of
     *     the log
     */
    void run(Peer peer, String name, String mainClass, List<String> arguments)
            throws IOException, InterruptedException, MeasurementFailure {
        Path log = results.resolve(name + ".log");
        Path scratch = Files.createDirectories(results.resolve("scratch"));
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(flags(scratch));
        command.add("-cp");
        command.add(classPath(peer));
        command.add(mainClass);
        command.addAll(arguments);

        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        // A locale of the machine must not decide how numbers are written.
        builder.environment().putAll(Map.of("LC_ALL", "C"));
        Process process = builder.start();
        Thread killer = new Thread(() -> killTree(process), "kill-" + name);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new MeasurementFailure(
                        String.format(
                                Locale.ROOT,
                                "Peer '%s' ended with exit code %d. From %s:%n%s",
                                peer.name(),
                                exitCode,
                                log,
                                firstError(log)));
            }
        } finally {
            killTree(process);
            Runtime.getRuntime().removeShutdownHook(killer);
            deleteRecursively(scratch);
        }
    }

    private List<String> flags(Path scratch) {
        List<String> flags = new ArrayList<>(options);
        // Threads of the compiler that come and go would take their processor time with them.
        flags.add("-XX:-UseDynamicNumberOfCompilerThreads");
        flags.add("-Djava.io.tmpdir=" + scratch);
        flags.add("-XX:+IgnoreUnrecognizedVMOptions");
        flags.add("--enable-native-access=ALL-UNNAMED");
        flags.add("--sun-misc-unsafe-memory-access=allow");
        for (String opened : OPENED_PACKAGES) {
            flags.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        return flags;
    }

    private String classPath(Peer peer) throws IOException {
        Path target = home.resolve(peer.module()).resolve("target");
        Path dependencies = target.resolve("class-path");
        if (!Files.exists(dependencies)) {
            throw new IOException(
                    "Peer '"
                            + peer.name()
                            + "' is not built: "
                            + dependencies
                            + " is missing. Run without --no-build.");
        }
        return target.resolve("classes")
                + File.pathSeparator
                + Files.readString(dependencies).strip();
    }

    private static void killTree(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /**
     * From the first line that looks like an error, because what follows the first error is its
     * consequence.
     */
    private static String firstError(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        int last = Math.max(0, lines.size() - ERROR_LINES);
        int first =
                IntStream.range(0, last)
                        .filter(line -> lines.get(line).matches(".*(Exception|Error)\\b.*"))
                        .findFirst()
                        .orElse(last);
        return lines.stream()
                .skip(first)
                .limit(ERROR_LINES)
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** JVMs that are killed, and some that are not, leave unpacked native libraries behind. */
    private static void deleteRecursively(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
