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
import java.util.Optional;

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

    /** Adds the table of one benchmark; peers without measurement have no row. */
    void add(StateBenchmark benchmark, List<Peer> peers, List<StateMeasurement> measurements) {
        List<List<String>> rows = new ArrayList<>();
        for (Peer peer : peers) {
            find(measurements, peer.name())
                    .ifPresent(measured -> rows.add(row(peer, measured, measurements)));
        }
        Table table =
                new Table(
                        List.of(
                                "peer",
                                "ops/cpu-ms",
                                "to Flink",
                                "ops/process-cpu-ms",
                                "ops/wall-ms",
                                "B/op"),
                        rows);
        markdown.append("\n## ")
                .append(benchmark.question())
                .append("\n\n")
                .append(table.asMarkdown());
        json.put(benchmark.name(), measurements.stream().map(StateMeasurement::asMap).toList());
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

    private static List<String> row(
            Peer peer, StateMeasurement measured, List<StateMeasurement> all) {
        String ratio =
                find(all, peer.family().baseline())
                        .map(
                                flink ->
                                        String.format(
                                                Locale.ROOT,
                                                "%.2fx",
                                                measured.threadRate() / flink.threadRate()))
                        .orElse("-");
        return List.of(
                peer.name(),
                rounded(measured.threadRate()),
                ratio,
                rounded(measured.processRate()),
                rounded(measured.wallRate()),
                rounded(measured.bytesPerOperation()));
    }

    private static Optional<StateMeasurement> find(
            List<StateMeasurement> measurements, String peer) {
        return measurements.stream().filter(measured -> measured.peer().equals(peer)).findAny();
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

    private String asJson() {
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
