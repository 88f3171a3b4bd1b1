package io.holdfast.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeStateMeasurementTest {

    @Test
    void readsFiguresByTheirNames(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("result.json");
        Files.writeString(
                file,
                "{\"peer\": \"p\", \"figures\": {\"incremental checkpoint after 1 % bytes\": 7.000, \"access p99.9 us\": 1.5}}");

        assertThat(WholeStateMeasurement.read(file))
                .isEqualTo(
                        new WholeStateMeasurement(
                                "p",
                                Map.of(
                                        "incremental checkpoint after 1 % bytes",
                                        7.0, "access p99.9 us", 1.5)));
    }

    @Test
    void whatAPeerCannotDoIsSaidAndSmallerIsBetter() {
        Table table =
                WholeStateMeasurement.table(
                        List.of("restore ms", "incremental bytes"),
                        List.of(
                                new WholeStateMeasurement("flink", Map.of("restore ms", 9_000.0)),
                                new WholeStateMeasurement(
                                        "own",
                                        Map.of("restore ms", 45.0, "incremental bytes", 12.0))),
                        "flink");

        assertThat(table.rows())
                .containsExactly(
                        List.of("restore ms", "9,000    1.00x", "45.0  200.00x"),
                        List.of("incremental bytes", "not supported", "12.0"));
    }

    @Test
    void everyFigureOfATableHasAName() {
        assertThat(WholeStateBenchmark.all())
                .allSatisfy(each -> assertThat(each.figures()).doesNotHaveDuplicates());
    }
}
