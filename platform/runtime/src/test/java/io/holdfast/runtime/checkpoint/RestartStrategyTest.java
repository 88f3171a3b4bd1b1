package io.holdfast.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.config.Configuration;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class RestartStrategyTest {
    private static final DoubleSupplier MIDDLE = () -> 0.5;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private RestartStrategy strategy(boolean checkpointing, DoubleSupplier random, String... keys) {
        Configuration config = new Configuration();
        for (int i = 0; i < keys.length; i += 2) {
            config.setString("restart-strategy." + keys[i], keys[i + 1]);
        }
        return RestartStrategy.from(config, checkpointing, nanos::get, random);
    }

    private RestartStrategy exponential(DoubleSupplier random, Map<String, String> settings) {
        Configuration config = new Configuration();
        config.setString("restart-strategy.type", "exponential-delay");
        settings.forEach(
                (key, value) ->
                        config.setString("restart-strategy.exponential-delay." + key, value));
        return RestartStrategy.from(config, true, nanos::get, random);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** A failure, and the restart after the wait that follows. */
    private Duration fail(RestartStrategy strategy) {
        Duration wait = strategy.afterFailure().orElseThrow();
        pass(wait);
        return wait;
    }

    @Test
    void withoutCheckpointsAJobIsNotRestarted() {
        RestartStrategy strategy = strategy(false, MIDDLE);
        assertThat(strategy.afterFailure()).isEmpty();
        assertThat(strategy.describe()).isEqualTo("no restarts");
    }

    @Test
    void withCheckpointsWaitsGrow() {
        RestartStrategy strategy = strategy(true, MIDDLE);
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(1));
        assertThat(fail(strategy)).isEqualTo(Duration.ofMillis(1500));
        assertThat(fail(strategy)).isEqualTo(Duration.ofMillis(2250));
        assertThat(strategy.describe()).isEqualTo("restarts, 1s to 1m apart");
    }

    @Test
    void noneIsNoneEvenWithCheckpoints() {
        assertThat(strategy(true, MIDDLE, "type", "none").afterFailure()).isEmpty();
    }

    @Test
    void fixedDelayEndsAfterItsAttempts() {
        RestartStrategy strategy =
                strategy(
                        true,
                        MIDDLE,
                        "type",
                        "fixed-delay",
                        "fixed-delay.attempts",
                        "2",
                        "fixed-delay.delay",
                        "3 s");
        assertThat(strategy.describe()).isEqualTo("2 restarts, 3s apart");
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(3));
        pass(Duration.ofDays(1));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(3));
        assertThat(strategy.afterFailure()).isEmpty();
        assertThat(strategy.afterFailure()).isEmpty();
    }

    @Test
    void waitsGrowUpToTheLongest() {
        RestartStrategy strategy =
                exponential(MIDDLE, Map.of("max-backoff", "5 s", "backoff-multiplier", "2"));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(1));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(2));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(4));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(5));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aJobThatRanLongEnoughIsForgiven() {
        RestartStrategy strategy =
                exponential(
                        MIDDLE,
                        Map.of(
                                "reset-backoff-threshold",
                                "10 min",
                                "attempts-before-reset-backoff",
                                "2"));
        fail(strategy);
        pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(fail(strategy)).as("not quite long enough").isEqualTo(Duration.ofMillis(1500));
        pass(Duration.ofMinutes(10));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(1));
        assertThat(fail(strategy)).isEqualTo(Duration.ofMillis(1500));
        assertThat(strategy.afterFailure()).as("attempts used up").isEmpty();
    }

    @Test
    void jitterMovesAWaitByItsPartAtMostAndNeverAboveTheLongest() {
        Map<String, String> settings =
                Map.of("jitter-factor", "0.5", "initial-backoff", "10 s", "max-backoff", "12 s");
        assertThat(fail(exponential(() -> 0, settings))).isEqualTo(Duration.ofSeconds(5));
        assertThat(fail(exponential(() -> 0.6, settings))).isEqualTo(Duration.ofSeconds(11));
        assertThat(fail(exponential(() -> 0.9999, settings))).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void aLongestWaitBelowTheFirstIsTheFirst() {
        RestartStrategy strategy =
                exponential(MIDDLE, Map.of("initial-backoff", "9 s", "max-backoff", "3 s"));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(9));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void timesBeyondAllReasonDoNotOverflow() {
        RestartStrategy strategy =
                exponential(
                        MIDDLE,
                        Map.of(
                                "reset-backoff-threshold",
                                "9000000 d",
                                "max-backoff",
                                "9000000 d",
                                "backoff-multiplier",
                                "1e300"));
        assertThat(fail(strategy)).isEqualTo(Duration.ofSeconds(1));
        assertThat(fail(strategy)).isGreaterThan(Duration.ofDays(36_000));
    }
}
