package io.holdfast.api.config;

import java.util.List;

/** Options of how the time of accesses of keyed state is measured. */
public final class StateLatencyTrackOptions {
    private static final String NOT_MEASURED = "The engine does not measure it yet.";

    /** {@code state.latency-track.keyed-state-enabled}: whether it is measured. */
    public static final ConfigOption<Boolean> LATENCY_TRACK_ENABLED =
            ConfigOptions.key("state.latency-track.keyed-state-enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDeprecatedKeys("state.backend.latency-track.keyed-state-enabled")
                    .withDescription("Whether the time of accesses of keyed state is measured.")
                    .withoutEffect(NOT_MEASURED);

    /** {@code state.latency-track.sample-interval}: how often. */
    public static final ConfigOption<Integer> LATENCY_TRACK_SAMPLE_INTERVAL =
            ConfigOptions.key("state.latency-track.sample-interval")
                    .intType()
                    .defaultValue(100)
                    .withDeprecatedKeys("state.backend.latency-track.sample-interval")
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("Of this many accesses one is measured.")
                    .withoutEffect(NOT_MEASURED);

    /** {@code state.latency-track.history-size}: how many measurements are kept. */
    public static final ConfigOption<Integer> LATENCY_TRACK_HISTORY_SIZE =
            ConfigOptions.key("state.latency-track.history-size")
                    .intType()
                    .defaultValue(128)
                    .withDeprecatedKeys("state.backend.latency-track.history-size")
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("How many measurements the distribution of times is made of.")
                    .withoutEffect(NOT_MEASURED);

    /** {@code state.latency-track.state-name-as-variable}: how the metrics are named. */
    public static final ConfigOption<Boolean> LATENCY_TRACK_STATE_NAME_AS_VARIABLE =
            ConfigOptions.key("state.latency-track.state-name-as-variable")
                    .booleanType()
                    .defaultValue(true)
                    .withDeprecatedKeys("state.backend.latency-track.state-name-as-variable")
                    .withDescription(
                            "Whether the name of the state is a label of the metric instead of a"
                                    + " part of its name.")
                    .withoutEffect(NOT_MEASURED);

    private StateLatencyTrackOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                LATENCY_TRACK_ENABLED,
                LATENCY_TRACK_SAMPLE_INTERVAL,
                LATENCY_TRACK_HISTORY_SIZE,
                LATENCY_TRACK_STATE_NAME_AS_VARIABLE);
    }
}
