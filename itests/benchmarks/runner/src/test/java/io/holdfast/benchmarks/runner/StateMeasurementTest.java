package io.holdfast.benchmarks.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StateMeasurementTest {

    @Test
    void readsTheMedianOfEachMetricFromWhatJmhWrote() throws Exception {
        Path result = Path.of(getClass().getResource("/jmh-result.json").toURI());

        assertThat(StateMeasurement.read("value-get", result))
                .isEqualTo(new StateMeasurement("value-get", "flink-hashmap", 200, 50, 11, 48));
    }

    @Test
    void theMedianOfAnEvenNumberOfValuesLiesBetweenTheMiddleTwo() {
        assertThat(StateMeasurement.median(1, 9, 2, 4)).isEqualTo(3);
    }
}
