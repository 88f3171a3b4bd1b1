package io.holdfast.api.config;

import java.time.Duration;
import java.util.List;

/** Options of the changelog: every change of state is logged at once. */
public final class StateChangelogOptions {

    /** {@code state.changelog.enabled}: whether changes of state are logged. */
    public static final ConfigOption<Boolean> ENABLE_STATE_CHANGE_LOG =
            ConfigOptions.key("state.changelog.enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("state.backend.changelog.enabled")
                    .withDescription(
                            "Whether every change of state is written to a log at once, so that"
                                    + " checkpoints are small and regular. Needs a module with a"
                                    + " changelog backend and one with a changelog storage.");

    /** {@code state.changelog.storage}: where the changes go. */
    public static final ConfigOption<String> STATE_CHANGE_LOG_STORAGE =
            ConfigOptions.key("state.changelog.storage")
                    .stringType()
                    .defaultValue("memory")
                    .withDeprecatedKeys("state.backend.changelog.storage")
                    .withDescription(
                            "The changelog storage, by the name it has among the installed"
                                    + " modules.");

    /** {@code state.changelog.periodic-materialize.enabled}: whether the log is cut regularly. */
    public static final ConfigOption<Boolean> PERIODIC_MATERIALIZATION_ENABLED =
            ConfigOptions.key("state.changelog.periodic-materialize.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDeprecatedKeys("state.backend.changelog.periodic-materialize.enabled")
                    .withDescription(
                            "Whether the backend under the changelog is snapshotted now and then,"
                                    + " so that the log can be cut. Without it the log grows for"
                                    + " ever.");

    /** {@code state.changelog.periodic-materialize.interval}: how often the log is cut. */
    public static final ConfigOption<Duration> PERIODIC_MATERIALIZATION_INTERVAL =
            ConfigOptions.key("state.changelog.periodic-materialize.interval")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDeprecatedKeys("state.backend.changelog.periodic-materialize.interval")
                    .checkBeyondFlink("more than 0", time -> !time.isZero())
                    .withDescription(
                            "Time between two materializations. The longer, the longer may a"
                                    + " restore take.");

    /** {@code state.changelog.max-failures-allowed}: materializations that may fail. */
    public static final ConfigOption<Integer> MATERIALIZATION_MAX_FAILURES_ALLOWED =
            ConfigOptions.key("state.changelog.max-failures-allowed")
                    .intType()
                    .defaultValue(3)
                    .withDeprecatedKeys("state.backend.changelog.max-failures-allowed")
                    .checkBeyondFlink("0 or more", count -> count >= 0)
                    .withDescription(
                            "How many materializations in a row may fail before the job does.");

    private StateChangelogOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                ENABLE_STATE_CHANGE_LOG,
                STATE_CHANGE_LOG_STORAGE,
                PERIODIC_MATERIALIZATION_ENABLED,
                PERIODIC_MATERIALIZATION_INTERVAL,
                MATERIALIZATION_MAX_FAILURES_ALLOWED);
    }
}
