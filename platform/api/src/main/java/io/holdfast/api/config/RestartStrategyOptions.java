package io.holdfast.api.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Options of what happens when a job fails. */
public final class RestartStrategyOptions {

    /** The strategies there are. */
    public enum Strategy {
        /** The first failure ends the job. */
        NONE("none", "off", "disable"),
        /** A number of attempts, the same time apart. */
        FIXED_DELAY("fixed-delay", "fixeddelay"),
        /** Attempts further and further apart. */
        EXPONENTIAL_DELAY("exponential-delay", "exponentialdelay");

        private final List<String> names;

        Strategy(String... names) {
            this.names = List.of(names);
        }

        /**
         * The strategy of a name.
         *
         * @param name a value of {@link RestartStrategyOptions#RESTART_STRATEGY}
         * @return the strategy, or empty if there is none of that name
         */
        public static Optional<Strategy> named(String name) {
            String wanted = name.strip().toLowerCase(Locale.ROOT);
            return Arrays.stream(values())
                    .filter(strategy -> strategy.names.contains(wanted))
                    .findFirst();
        }
    }

    /** {@code restart-strategy.type}: which strategy. */
    public static final ConfigOption<String> RESTART_STRATEGY =
            ConfigOptions.key("restart-strategy.type")
                    .stringType()
                    .noDefaultValue()
                    .withDeprecatedKeys("restart-strategy")
                    .check(
                            "one of none, fixed-delay, exponential-delay",
                            name -> Strategy.named(name).isPresent())
                    .withDescription(
                            "What happens when a job fails: 'none', 'fixed-delay' or"
                                    + " 'exponential-delay'. If it is not set: 'exponential-delay'"
                                    + " where checkpoints are taken, else 'none'.");

    /** {@code restart-strategy.fixed-delay.attempts}: how often. */
    public static final ConfigOption<Integer> RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS =
            ConfigOptions.key("restart-strategy.fixed-delay.attempts")
                    .intType()
                    .defaultValue(1)
                    .check("0 or more", count -> count >= 0)
                    .withDescription("How many restarts before the job fails for good.");

    /** {@code restart-strategy.fixed-delay.delay}: how far apart. */
    public static final ConfigOption<Duration> RESTART_STRATEGY_FIXED_DELAY_DELAY =
            ConfigOptions.key("restart-strategy.fixed-delay.delay")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription("Time between a failure and the restart.");

    /** {@code restart-strategy.exponential-delay.initial-backoff}: the first wait. */
    public static final ConfigOption<Duration> RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF =
            ConfigOptions.key("restart-strategy.exponential-delay.initial-backoff")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .check("more than 0", time -> !time.isZero())
                    .withDescription("Time between the first failure and the restart.");

    /** {@code restart-strategy.exponential-delay.max-backoff}: the longest wait. */
    public static final ConfigOption<Duration> RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF =
            ConfigOptions.key("restart-strategy.exponential-delay.max-backoff")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .check("more than 0", time -> !time.isZero())
                    .withDescription("Longest time between a failure and the restart.");

    /** {@code restart-strategy.exponential-delay.backoff-multiplier}: how waits grow. */
    public static final ConfigOption<Double> RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER =
            ConfigOptions.key("restart-strategy.exponential-delay.backoff-multiplier")
                    .doubleType()
                    .defaultValue(1.5)
                    .check("1 or more", factor -> factor >= 1)
                    .withDescription("Each wait is this many times the one before.");

    /** {@code restart-strategy.exponential-delay.reset-backoff-threshold}: when to forgive. */
    public static final ConfigOption<Duration>
            RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD =
                    ConfigOptions.key("restart-strategy.exponential-delay.reset-backoff-threshold")
                            .durationType()
                            .defaultValue(Duration.ofHours(1))
                            .withDescription(
                                    "A job that ran this long without a failure starts again with"
                                            + " the first wait.");

    /** {@code restart-strategy.exponential-delay.jitter-factor}: random part of a wait. */
    public static final ConfigOption<Double> RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR =
            ConfigOptions.key("restart-strategy.exponential-delay.jitter-factor")
                    .doubleType()
                    .defaultValue(0.1)
                    .check("between 0 and 1", part -> part >= 0 && part <= 1)
                    .withDescription("Random part added to or taken from each wait.");

    /** {@code restart-strategy.exponential-delay.attempts-before-reset-backoff}: how often. */
    public static final ConfigOption<Integer> RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS =
            ConfigOptions.key("restart-strategy.exponential-delay.attempts-before-reset-backoff")
                    .intType()
                    .defaultValue(Integer.MAX_VALUE)
                    .check("0 or more", count -> count >= 0)
                    .withDescription(
                            "How many restarts, not counting forgiven ones, before the job fails"
                                    + " for good.");

    private RestartStrategyOptions() {}
}
