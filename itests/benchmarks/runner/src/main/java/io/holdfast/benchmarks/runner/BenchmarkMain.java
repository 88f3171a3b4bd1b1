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
    private static final List<StateBenchmark> OPERATIONS = StateBenchmark.all();

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "WORKLOAD",
            description =
                    "Run these workloads only (repeat, or separate by commas); --list names them. The first word of a name stands for all that begin with it.")
    private List<String> only = List.of();

    @Option(
            names = "--peer",
            split = ",",
            paramLabel = "PEER",
            description =
                    "Measure these peers only: names, 'memory', 'rocksdb' or 'all'. Default: the peers in memory without Kafka's. Ratios need Flink's.")
    private List<String> wantedPeers = List.of();

    @Option(names = "--list", description = "List the workloads and the peers, and stop.")
    private boolean list;

    @Option(
            names = "--quick",
            description = "Short iterations: shows that everything works; figures are rough.")
    private boolean quick;

    @Option(
            names = "--jvm",
            paramLabel = "OPTIONS",
            description = "Options of every JVM, default ${DEFAULT-VALUE}.")
    private String jvmOptions = "-Xms4g -Xmx7g -XX:+UseG1GC -XX:+AlwaysPreTouch";

    @Option(
            names = "--json",
            description = "Print the report as JSON; progress goes to the error output.")
    private boolean json;

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
            out.println("Workloads:");
            workloads().forEach(each -> out.println("  " + each));
            out.println("Peers:");
            Peer.all().forEach(each -> out.println("  " + each.name()));
            return 0;
        }
        List<String> names = chosenWorkloads();
        List<Peer> peers = chosenPeers();
        Path results = home.resolve("target/results").resolve(now("yyyyMMdd-HHmmss"));
        Files.createDirectories(results);
        PeerJvm jvm =
                new PeerJvm(
                        home,
                        javaHome.resolve("bin/java"),
                        List.of(jvmOptions.strip().split(" +")),
                        results);
        Report report = new Report(circumstances());

        boolean complete = measureOperations(names, peers, jvm, report);
        for (WholeStateBenchmark benchmark : WholeStateBenchmark.all()) {
            if (names.contains(benchmark.name())) {
                complete &= measureWholeState(benchmark, peers, jvm, report);
            }
        }
        if (names.contains(JobBenchmark.NEXMARK_Q5.name())) {
            complete &= measureJob(JobBenchmark.NEXMARK_Q5, peers, jvm, report);
        }

        report.writeTo(results);
        out.println();
        out.println(json ? report.asJson() : report.asMarkdown());
        say("Written to %s", results);
        return complete ? 0 : 1;
    }

    private boolean measureOperations(
            List<String> names, List<Peer> peers, PeerJvm jvm, Report report)
            throws IOException, InterruptedException {
        List<StateBenchmark> benchmarks =
                OPERATIONS.stream().filter(each -> names.contains(each.name())).toList();
        List<StateMeasurement> measurements = new ArrayList<>();
        boolean complete = true;
        for (StateBenchmark benchmark : benchmarks) {
            for (Peer peer : peers) {
                if (!peer.abilities().contains(benchmark.store())) {
                    continue;
                }
                try {
                    StateMeasurement measured = benchmark.measure(peer, jvm, quick);
                    measurements.add(measured);
                    say(
                            "%-24s %-18s %,10.0f ops/cpu-ms",
                            benchmark.name(), peer.name(), measured.threadRate());
                } catch (MeasurementFailure failure) {
                    sayFailed(benchmark.name(), peer, failure);
                    complete = false;
                }
            }
        }
        report.addOperations(benchmarks, peers, measurements);
        return complete;
    }

    private boolean measureWholeState(
            WholeStateBenchmark benchmark, List<Peer> chosen, PeerJvm jvm, Report report)
            throws IOException, InterruptedException {
        List<Peer> peers = chosen.stream().filter(benchmark::concerns).toList();
        List<WholeStateMeasurement> measurements = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                WholeStateMeasurement measured = benchmark.measure(peer, jvm, quick);
                measurements.add(measured);
                say(
                        "%-24s %-18s %,10.0f ms fill, %d figures",
                        benchmark.name(),
                        peer.name(),
                        measured.figures().get("fill ms"),
                        measured.figures().size());
            } catch (MeasurementFailure failure) {
                sayFailed(benchmark.name(), peer, failure);
            }
        }
        report.add(benchmark, peers, measurements);
        return measurements.size() == peers.size();
    }

    private boolean measureJob(
            JobBenchmark benchmark, List<Peer> chosen, PeerJvm jvm, Report report)
            throws IOException, InterruptedException {
        List<Peer> peers =
                chosen.stream()
                        .filter(peer -> peer.abilities().contains(Peer.Ability.JOB))
                        .toList();
        List<JobMeasurement> measurements = new ArrayList<>();
        for (Peer peer : peers) {
            try {
                JobMeasurement measured = benchmark.measure(peer, jvm, quick);
                measurements.add(measured);
                say(
                        "%-24s %-18s %,10.0f events/cpu-s  %s",
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
        say("%-24s %-18s     failed%n%s", benchmark, peer.name(), failure.getMessage());
    }

    private static List<String> workloads() {
        return Stream.of(
                        OPERATIONS.stream().map(StateBenchmark::name),
                        WholeStateBenchmark.all().stream().map(WholeStateBenchmark::name),
                        Stream.of(JobBenchmark.NEXMARK_Q5.name()))
                .flatMap(names -> names)
                .toList();
    }

    /** Names of the workloads to run, in the order of the table. */
    private List<String> chosenWorkloads() {
        List<String> known = workloads();
        for (String name : only) {
            if (known.stream().noneMatch(each -> isMeant(each, name))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "No workload named '" + name + "'. There are: " + String.join(", ", known));
            }
        }
        return known.stream()
                .filter(
                        each ->
                                only.isEmpty()
                                        || only.stream().anyMatch(name -> isMeant(each, name)))
                .toList();
    }

    private static boolean isMeant(String workload, String name) {
        return workload.equals(name) || workload.startsWith(name + "-");
    }

    private List<Peer> chosenPeers() {
        for (String name : wantedPeers) {
            if (Peer.all().stream().noneMatch(peer -> isMeant(peer, name))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "No peer named '"
                                + name
                                + "'. There are: all, memory, rocksdb, "
                                + String.join(", ", Peer.all().stream().map(Peer::name).toList()));
            }
        }
        return Peer.all().stream()
                .filter(
                        peer ->
                                wantedPeers.isEmpty()
                                        ? peer.byDefault()
                                        : wantedPeers.stream()
                                                .anyMatch(name -> isMeant(peer, name)))
                .toList();
    }

    private static boolean isMeant(Peer peer, String name) {
        return name.equals("all")
                || name.equals(peer.name())
                || name.equals(peer.family().name().toLowerCase(Locale.ROOT));
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
        circumstances.put("java", javaHome + ", " + jvmOptions);
        circumstances.put("mode", quick ? "quick: rough figures, do not quote" : "full");
        return circumstances;
    }

    private static String now(String pattern) {
        return LocalDateTime.now().format(DateTimeFormatter.ofPattern(pattern, Locale.ROOT));
    }

    private void say(String format, Object... values) {
        PrintWriter progress = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        progress.println(String.format(Locale.ROOT, format, values));
        progress.flush();
    }
}
