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
        report.add(
                StateBenchmark.VALUE_READ_MODIFY_WRITE,
                Peer.ofStateBenchmarks(),
                List.of(
                        measured("flink-hashmap", 2_000),
                        measured("plain-hashmap", 3_000),
                        measured("flink-rocksdb", 200),
                        measured("plain-rocksdb", 210)));

        assertThat(report.asMarkdown().lines().filter(line -> line.startsWith("| ")))
                .containsExactly(
                        "| peer          | ops/cpu-ms | to Flink | ops/process-cpu-ms | ops/wall-ms | B/op |",
                        "| ------------- | ---------: | -------: | -----------------: | ----------: | ---: |",
                        "| flink-hashmap |      2,000 |    1.00x |              1,000 |       1,500 |   48 |",
                        "| plain-hashmap |      3,000 |    1.50x |              1,500 |       2,250 |   48 |",
                        "| flink-rocksdb |        200 |    1.00x |                100 |         150 |   48 |",
                        "| plain-rocksdb |        210 |    1.05x |                105 |         158 |   48 |");
    }

    @Test
    void withoutFlinkThereIsNoRatio() {
        report.add(
                StateBenchmark.VALUE_READ_MODIFY_WRITE,
                Peer.ofStateBenchmarks(),
                List.of(measured("plain-hashmap", 3_000)));

        assertThat(report.asMarkdown()).contains("| plain-hashmap |      3,000 |        - |");
    }

    @Test
    void programsReadTheSameFiguresUnrounded(@TempDir Path directory) throws Exception {
        report.add(
                StateBenchmark.VALUE_READ_MODIFY_WRITE,
                Peer.ofStateBenchmarks(),
                List.of(measured("flink-hashmap", 2_000.25)));

        report.writeTo(directory);

        var json = ConfigFactory.parseFile(directory.resolve("report.json").toFile());
        assertThat(json.getString("circumstances.commit")).isEqualTo("abc");
        assertThat(
                        json.getConfigList("benchmarks.value-read-modify-write")
                                .get(0)
                                .getDouble("operations-per-cpu-ms"))
                .isEqualTo(2_000.25);
    }

    private static StateMeasurement measured(String peer, double threadRate) {
        return new StateMeasurement(peer, threadRate, threadRate / 2, threadRate * 3 / 4, 48);
    }
}
