package io.holdfast.benchmarks.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures Holdfast and what its users would pick instead, one peer after the other, and prints one
 * table.
 */
@Command(
        name = "itests/benchmarks/run",
        description =
                "Measures Holdfast and what its users would pick instead, one peer after the other.",
        sortOptions = false,
        footer = {
            "",
            "The report is printed and written to itests/benchmarks/target/results/<time>/ as report.md and report.json,",
            "beside the log and the JMH result of each peer. Exit code: 0 if all peers were measured, else 1."
        })
public final class BenchmarkMain implements Callable<Integer> {
    private static final List<String> BENCHMARKS =
            List.of(StateBenchmark.VALUE_READ_MODIFY_WRITE.name(), JobBenchmark.NEXMARK_Q5.name());

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "PEER",
            description =
                    "Measure these peers only (repeat, or separate by commas). Ratios need Flink's.")
    private List<String> only = List.of();

    @Option(
            names = "--benchmark",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Run these benchmarks only: value-read-modify-write (one operation), nexmark-q5 (whole jobs).")
    private List<String> benchmarks = List.of();

    @Option(names = "--list", description = "List the peers and stop.")
    private boolean list;

    @Option(
            names = "--quick",
            description = "Short iterations: shows that everything works; figures are rough.")
    private boolean quick;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "Heap of every JVM, default ${DEFAULT-VALUE}.")
    private String heap = "4g";

    @Option(
            names = "--java",
            paramLabel = "HOME",
            description = "JDK that runs the peers, default: the one that runs this command.")
    private Path javaHome = Path.of(System.getProperty("java.home"));

    @Option(names = "--no-build", description = "Do not build first; everything is built.")
    private boolean noBuild; // The script looks at it, before this program exists.

    @Option(names = "--help", usageHelp = true, description = "Show this help and stop.")
    private boolean help;

    @Spec private CommandSpec spec;

    private final Path home;

    private BenchmarkMain(Path home) {
        this.home = home;
    }

    /** Starts the command; {@code -Dbenchmarks.home} names the directory of the benchmarks. */
    public static void main(String[] arguments) {
        Path home =
                Path.of(System.getProperty("benchmarks.home", "itests/benchmarks"))
                        .toAbsolutePath();
        System.exit(commandLine(home).execute(arguments));
    }

    static CommandLine commandLine(Path home) {
        return new CommandLine(new BenchmarkMain(home));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            allPeers().forEach(out::println);
            return 0;
        }
        checkNames();
        Path results = home.resolve("target/results").resolve(now("yyyyMMdd-HHmmss"));
        Files.createDirectories(results);
        PeerJvm jvm = new PeerJvm(home, javaHome.resolve("bin/java"), heap, results);
        Report report = new Report(circumstances());

        boolean complete = true;
        if (wanted(StateBenchmark.VALUE_READ_MODIFY_WRITE.name())) {
            complete &= measureState(StateBenchmark.VALUE_READ_MODIFY_WRITE, jvm, report);
        }
        if (wanted(JobBenchmark.NEXMARK_Q5.name())) {
            complete &= measureJob(JobBenchmark.NEXMARK_Q5, jvm, report);
        }

        report.writeTo(results);
        out.println();
        out.println(report.asMarkdown());
        out.println("Written to " + results);
        return complete ? 0 : 1;
    }

    private boolean wanted(String name) {
        return benchmarks.isEmpty() || benchmarks.contains(name);
    }

    private boolean measureState(StateBenchmark benchmark, PeerJvm jvm, Report report)
            throws IOException, InterruptedException {
        List<Peer> peers = chosen(Peer.ofStateBenchmarks());
        List<StateMeasurement> measurements = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                StateMeasurement measured = benchmark.measure(peer, jvm, quick);
                measurements.add(measured);
                say(
                        "%s  %-20s %,10.0f ops/cpu-ms",
                        benchmark.name(), peer.name(), measured.threadRate());
            } catch (MeasurementFailure failure) {
                sayFailed(benchmark.name(), peer, failure);
            }
        }
        report.add(benchmark, peers, measurements);
        return measurements.size() == peers.size();
    }

    private boolean measureJob(JobBenchmark benchmark, PeerJvm jvm, Report report)
            throws IOException, InterruptedException {
        List<Peer> peers = chosen(Peer.ofJobBenchmarks());
        List<JobMeasurement> measurements = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                JobMeasurement measured = benchmark.measure(peer, jvm, quick);
                measurements.add(measured);
                say(
                        "%s  %-20s %,10.0f events/cpu-s  %s",
                        benchmark.name(),
                        peer.name(),
                        measured.eventsPerCpuSecond(),
                        measured.digest());
            } catch (MeasurementFailure failure) {
                sayFailed(benchmark.name(), peer, failure);
            }
        }
        report.add(benchmark, peers, measurements);
        return measurements.size() == peers.size()
                && JobBenchmark.disagreement(measurements).isEmpty();
    }

    private void sayFailed(String benchmark, Peer peer, MeasurementFailure failure) {
        say("%s  %-20s     failed%n%s", benchmark, peer.name(), failure.getMessage());
    }

    private void checkNames() {
        List<String> known = allPeers();
        for (String name : only) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "No peer named '" + name + "'. There are: " + String.join(", ", known));
            }
        }
        for (String name : benchmarks) {
            if (!BENCHMARKS.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "No benchmark named '"
                                + name
                                + "'. There are: "
                                + String.join(", ", BENCHMARKS));
            }
        }
    }

    private static List<String> allPeers() {
        return Stream.concat(Peer.ofStateBenchmarks().stream(), Peer.ofJobBenchmarks().stream())
                .map(Peer::name)
                .distinct()
                .toList();
    }

    private List<Peer> chosen(List<Peer> peers) {
        return peers.stream().filter(peer -> only.isEmpty() || only.contains(peer.name())).toList();
    }

    private Map<String, String> circumstances() {
        Map<String, String> circumstances = new LinkedHashMap<>();
        circumstances.put("time", now("yyyy-MM-dd HH:mm"));
        circumstances.put("commit", System.getProperty("benchmarks.commit", "unknown"));
        circumstances.put(
                "machine",
                String.format(
                        Locale.ROOT,
                        "%d processors, %s, load average %.2f before the start",
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        circumstances.put("java", javaHome + ", heap " + heap);
        circumstances.put("mode", quick ? "quick: rough figures, do not quote" : "full");
        return circumstances;
    }

    private static String now(String pattern) {
        return LocalDateTime.now().format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    }

    private void say(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
