package io.holdfast.runtime.checkpoint;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.RestartStrategyOptions;
import io.holdfast.api.config.RestartStrategyOptions.Strategy;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Decides after each failure of a job whether it is restarted, and when. Used by one thread; keeps
 * count over the whole life of the job.
 */
public interface RestartStrategy {

    /**
     * The job has failed.
     *
     * @return how long to wait before the restart, or empty if the job has failed for good
     */
    Optional<Duration> afterFailure();

    /**
     * What the strategy is, for messages.
     *
     * @return such as {@code 3 restarts, 1s apart}
     */
    String describe();

    /**
     * The strategy of a job.
     *
     * @param config the effective configuration
     * @param checkpointing whether the job takes checkpoints, which decides where nothing is set
     * @param nanos a clock that never goes back, such as {@link System#nanoTime}
     * @param random gives numbers from 0 (included) to 1 (excluded)
     * @return the strategy
     * @throws io.holdfast.api.error.HoldfastException if the configuration is not usable
     */
    static RestartStrategy from(
            ReadableConfig config,
            boolean checkpointing,
            LongSupplier nanos,
            DoubleSupplier random) {
        Strategy strategy =
                config.getOptional(RestartStrategyOptions.RESTART_STRATEGY)
                        .flatMap(Strategy::named)
                        .orElse(checkpointing ? Strategy.EXPONENTIAL_DELAY : Strategy.NONE);
        return switch (strategy) {
            case NONE -> never();
            case FIXED_DELAY ->
                    fixedDelay(
                            config.get(
                                    RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS),
                            config.get(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY));
            case EXPONENTIAL_DELAY ->
                    new ExponentialDelay(ExponentialDelay.Settings.from(config), nanos, random);
        };
    }

    /**
     * No restarts.
     *
     * @return the strategy
     */
    static RestartStrategy never() {
        return new FixedDelay(0, Duration.ZERO);
    }

    /**
     * A number of restarts, the same time apart.
     *
     * @param attempts how many, 0 or more
     * @param delay time between a failure and the restart
     * @return the strategy
     */
    static RestartStrategy fixedDelay(int attempts, Duration delay) {
        return new FixedDelay(attempts, delay);
    }

    /** A number of restarts, the same time apart. */
    final class FixedDelay implements RestartStrategy {
        private final int attempts;
        private final Duration delay;
        private int failures;

        FixedDelay(int attempts, Duration delay) {
            this.attempts = attempts;
            this.delay = Objects.requireNonNull(delay, "delay");
        }

        @Override
        public Optional<Duration> afterFailure() {
            if (failures >= attempts) {
                return Optional.empty();
            }
            failures++;
            return Optional.of(delay);
        }

        @Override
        public String describe() {
            return attempts == 0
                    ? "no restarts"
                    : "%d restarts, %s apart".formatted(attempts, text(delay));
        }
    }

    /**
     * Restarts further and further apart; a job that ran well for long is forgiven all earlier
     * failures.
     */
    final class ExponentialDelay implements RestartStrategy {
        private final Settings settings;
        private final LongSupplier nanos;
        private final DoubleSupplier random;
        private int attempts;
        private Duration next;
        private long restartedAt;

        ExponentialDelay(Settings settings, LongSupplier nanos, DoubleSupplier random) {
            this.settings = settings;
            this.nanos = Objects.requireNonNull(nanos, "nanos");
            this.random = Objects.requireNonNull(random, "random");
            this.next = settings.initial();
        }

        /**
         * How waits grow.
         *
         * @param initial the first wait
         * @param max the longest wait
         * @param multiplier each wait is this many times the one before
         * @param resetAfter a job that ran this long is forgiven
         * @param jitter part of a wait that is random, 0 to 1
         * @param attempts how many restarts, not counting forgiven ones
         */
        record Settings(
                Duration initial,
                Duration max,
                double multiplier,
                Duration resetAfter,
                double jitter,
                int attempts) {

            static Settings from(ReadableConfig config) {
                Duration initial =
                        config.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF);
                Duration max =
                        config.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF);
                return new Settings(
                        initial,
                        max.compareTo(initial) < 0 ? initial : max,
                        config.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER),
                        config.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD),
                        config.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR),
                        config.get(
                                RestartStrategyOptions
                                        .RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS));
            }
        }

        @Override
        public Optional<Duration> afterFailure() {
            long now = nanos.getAsLong();
            if (attempts > 0 && now - restartedAt >= nanos(settings.resetAfter())) {
                attempts = 0;
                next = settings.initial();
            }
            if (attempts >= settings.attempts()) {
                return Optional.empty();
            }
            attempts++;
            double part = 1 + settings.jitter() * (2 * random.getAsDouble() - 1);
            long max = nanos(settings.max());
            long wait = (long) Math.min(nanos(next) * part, max);
            next = Duration.ofNanos((long) Math.min(nanos(next) * settings.multiplier(), max));
            restartedAt = now + wait;
            return Optional.of(Duration.ofNanos(wait));
        }

        @Override
        public String describe() {
            String count =
                    settings.attempts() == Integer.MAX_VALUE
                            ? "restarts"
                            : settings.attempts() + " restarts";
            return "%s, %s to %s apart"
                    .formatted(count, text(settings.initial()), text(settings.max()));
        }
    }

    private static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    /** Nanoseconds, at most a century, so that sums do not overflow. */
    private static long nanos(Duration duration) {
        return Math.min(duration.toSeconds(), 100L * 365 * 24 * 3600) * 1_000_000_000L
                + duration.toNanosPart();
    }
}
