package io.holdfast.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65, 127, 128, 1_000, 123_456_789, 5_000_000_000L})
    void aSingleTimeIsEveryQuantile(long nanos) {
        latencies.add(nanos);

        assertThat(latencies.quantile(0.5)).isCloseTo(nanos, within(nanos / 60.0));
        assertThat(latencies.quantile(0.99)).isCloseTo(nanos, within(nanos / 60.0));
        assertThat(latencies.max()).isEqualTo(nanos);
    }

    @Test
    void aQuantileIsWhatThatShareDidNotExceed() {
        for (int i = 1; i <= 1_000; i++) {
            latencies.add(i * 1_000L);
        }

        assertThat(latencies.quantile(0.99)).isCloseTo(990_000, within(17_000.0));
        assertThat(latencies.quantile(0.5)).isCloseTo(500_000, within(9_000.0));
    }

    @Test
    void withoutAccessesThereIsNoTime() {
        assertThat(latencies.quantile(0.99)).isZero();
    }
}
