package io.holdfast.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private final Report report = new Report(Map.of("commit", "abc"));

    @Test
    void eachPeerIsComparedWithFlinksBackendOfItsFamily() {
        report.addOperations(
                StateBenchmark.all(),
                Peer.all(),
                List.of(
                        measured("value-get", "flink-hashmap", 6_000),
                        measured("value-get", "plain-hashmap", 15_000),
                        measured("map-get", "plain-hashmap", 3_000),
                        measured("value-get", "flink-rocksdb", 200),
                        measured("value-get", "plain-rocksdb", 210)));

        assertThat(report.asMarkdown().lines().filter(line -> line.startsWith("| ")))
                .containsSequence(
                        "| operation | flink-hashmap |  plain-hashmap |",
                        "| --------- | ------------: | -------------: |",
                        "| value-get | 6,000   1.00x | 15,000   2.50x |",
                        "| map-get   |             - |          3,000 |")
                .containsSequence(
                        "| operation | flink-rocksdb | plain-rocksdb |",
                        "| --------- | ------------: | ------------: |",
                        "| value-get |   200   1.00x |   210   1.05x |");
    }

    @Test
    void programsReadTheSameFiguresUnrounded(@TempDir Path directory) throws Exception {
        report.addOperations(
                StateBenchmark.all(),
                Peer.all(),
                List.of(measured("value-get", "flink-hashmap", 2_000.25)));

        report.writeTo(directory);

        var json = ConfigFactory.parseFile(directory.resolve("report.json").toFile());
        assertThat(json.getString("circumstances.commit")).isEqualTo("abc");
        assertThat(
                        json.getConfigList("benchmarks.value-get")
                                .get(0)
                                .getDouble("operations-per-cpu-ms"))
                .isEqualTo(2_000.25);
    }

    private static StateMeasurement measured(String benchmark, String peer, double threadRate) {
        return new StateMeasurement(
                benchmark, peer, threadRate, threadRate / 2, threadRate * 3 / 4, 48);
    }
}
