package io.holdfast.benchmarks.runner;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that one run of the command measured, for people (Markdown) and for programs (JSON).
 */
final class Report {

    private final Map<String, String> circumstances;
    private final StringBuilder markdown = new StringBuilder();
    private final Map<String, Object> json = new LinkedHashMap<>();

    /**
     * @param circumstances what the figures depend on: machine, JVM, heap, version; in this order
     *     in the report
     */
    Report(Map<String, String> circumstances) {
        this.circumstances = new LinkedHashMap<>(circumstances);
    }

    /**
     * Adds tables of all operations that were measured, with a row for each and a column for each
     * peer.
     */
    void addOperations(
            List<StateBenchmark> benchmarks, List<Peer> peers, List<StateMeasurement> measured) {
        for (Peer.Family family : Peer.Family.values()) {
            List<Peer> members =
                    peers.stream()
                            .filter(peer -> peer.family() == family)
                            .filter(peer -> measured.stream().anyMatch(each -> of(each, peer)))
                            .toList();
            if (members.isEmpty()) {
                continue;
            }
            add(
                    "Operations %s per millisecond of the benchmark thread's processor time"
                            .formatted(family.title()),
                    new OperationTable(family, StateMeasurement::threadRate, true),
                    benchmarks,
                    members,
                    measured);
            add(
                    "Operations %s per millisecond of the whole process's processor time"
                            .formatted(family.title()),
                    new OperationTable(family, StateMeasurement::processRate, true),
                    benchmarks,
                    members,
                    measured);
            add(
                    "Bytes allocated per operation %s".formatted(family.title()),
                    new OperationTable(family, StateMeasurement::bytesPerOperation, false),
                    benchmarks,
                    members,
                    measured);
        }
        for (StateBenchmark benchmark : benchmarks) {
            json.put(
                    benchmark.name(),
                    measured.stream()
                            .filter(each -> each.benchmark().equals(benchmark.name()))
                            .map(StateMeasurement::asMap)
                            .toList());
        }
    }

    private void add(
            String title,
            OperationTable table,
            List<StateBenchmark> benchmarks,
            List<Peer> peers,
            List<StateMeasurement> measured) {
        markdown.append("\n## ")
                .append(title)
                .append("\n\n")
                .append(table.of(benchmarks, peers, measured).asMarkdown());
    }

    private static boolean of(StateMeasurement measured, Peer peer) {
        return measured.peer().equals(peer.name());
    }

    /** Adds the table of one whole state, with a row for each figure and a column for each peer. */
    void add(
            WholeStateBenchmark benchmark,
            List<Peer> peers,
            List<WholeStateMeasurement> measurements) {
        for (Peer.Family family : Peer.Family.values()) {
            List<WholeStateMeasurement> members = new ArrayList<>();
            for (Peer peer : peers) {
                measurements.stream()
                        .filter(each -> peer.family() == family && each.peer().equals(peer.name()))
                        .forEach(members::add);
            }
            if (!members.isEmpty()) {
                markdown.append("\n## ")
                        .append(benchmark.question())
                        .append(", ")
                        .append(family.title())
                        .append("\n\n")
                        .append(
                                WholeStateMeasurement.table(
                                                benchmark.figures(), members, family.baseline())
                                        .asMarkdown());
            }
        }
        json.put(
                benchmark.name(), measurements.stream().map(WholeStateMeasurement::asMap).toList());
    }

    /** Adds the table of one whole job; peers without measurement have no row. */
    void add(JobBenchmark benchmark, List<Peer> peers, List<JobMeasurement> measurements) {
        List<List<String>> rows = new ArrayList<>();
        for (Peer peer : peers) {
            for (JobMeasurement measured : measurements) {
                if (measured.peer().equals(peer.name())) {
                    rows.add(row(peer, measured, measurements));
                }
            }
        }
        Table table =
                new Table(
                        List.of(
                                "peer",
                                "events/cpu-s",
                                "to Flink",
                                "events/wall-s",
                                "cpu-s",
                                "wall-s",
                                "peak threads"),
                        rows);
        markdown.append("\n## ")
                .append(benchmark.question())
                .append("\n\n")
                .append(table.asMarkdown());
        JobBenchmark.disagreement(measurements)
                .ifPresent(wrong -> markdown.append("\n**").append(wrong).append("**\n"));
        json.put(benchmark.name(), measurements.stream().map(JobMeasurement::asMap).toList());
    }

    private static List<String> row(Peer peer, JobMeasurement measured, List<JobMeasurement> all) {
        String ratio =
                all.stream()
                        .filter(other -> other.peer().equals(peer.family().baseline()))
                        .findAny()
                        .map(
                                flink ->
                                        String.format(
                                                Locale.ROOT,
                                                "%.2fx",
                                                measured.eventsPerCpuSecond()
                                                        / flink.eventsPerCpuSecond()))
                        .orElse("-");
        return List.of(
                peer.name(),
                rounded(measured.eventsPerCpuSecond()),
                ratio,
                rounded(measured.eventsPerWallSecond()),
                String.format(Locale.ROOT, "%.1f", measured.cpuSeconds()),
                String.format(Locale.ROOT, "%.1f", measured.wallSeconds()),
                Integer.toString(measured.peakThreads()));
    }

    static String rounded(double figure) {
        return String.format(Locale.ROOT, "%,.0f", figure);
    }

    String asMarkdown() {
        StringBuilder text = new StringBuilder("# Benchmark report\n\n");
        circumstances.forEach(
                (name, value) ->
                        text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.append(markdown).toString();
    }

    String asJson() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("circumstances", circumstances);
        all.put("benchmarks", json);
        return ConfigValueFactory.fromMap(all)
                        .render(ConfigRenderOptions.concise().setFormatted(true).setJson(true))
                + "\n";
    }

    /** Writes {@code report.md} and {@code report.json}. */
    void writeTo(Path directory) throws IOException {
        Files.writeString(directory.resolve("report.md"), asMarkdown());
        Files.writeString(directory.resolve("report.json"), asJson());
    }
}
