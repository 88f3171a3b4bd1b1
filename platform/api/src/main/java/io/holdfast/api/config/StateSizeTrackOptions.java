package io.holdfast.api.config;

import java.util.List;

/** Options of how the size of keyed state is measured. */
public final class StateSizeTrackOptions {
    private static final String NOT_MEASURED = "The engine does not measure it yet.";

    /** {@code state.size-track.keyed-state-enabled}: whether it is measured. */
    public static final ConfigOption<Boolean> SIZE_TRACK_ENABLED =
            ConfigOptions.key("state.size-track.keyed-state-enabled")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether the size of keys and values of keyed state is measured.")
                    .withoutEffect(NOT_MEASURED);

    /** {@code state.size-track.sample-interval}: how often. */
    public static final ConfigOption<Integer> SIZE_TRACK_SAMPLE_INTERVAL =
            ConfigOptions.key("state.size-track.sample-interval")
                    .intType()
                    .defaultValue(100)
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("Of this many accesses one is measured.")
                    .withoutEffect(NOT_MEASURED);

    /** {@code state.size-track.history-size}: how many measurements are kept. */
    public static final ConfigOption<Integer> SIZE_TRACK_HISTORY_SIZE =
            ConfigOptions.key("state.size-track.history-size")
                    .intType()
                    .defaultValue(128)
                    .checkBeyondFlink("at least 1", count -> count >= 1)
                    .withDescription("How many measurements the distribution of sizes is made of.")
                    .withoutEffect(NOT_MEASURED);

    /** {@code state.size-track.state-name-as-variable}: how the metrics are named. */
    public static final ConfigOption<Boolean> SIZE_TRACK_STATE_NAME_AS_VARIABLE =
            ConfigOptions.key("state.size-track.state-name-as-variable")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether the name of the state is a label of the metric instead of a"
                                    + " part of its name.")
                    .withoutEffect(NOT_MEASURED);

    private StateSizeTrackOptions() {}

    /**
     * All of them.
     *
     * @return each once
     */
    public static List<ConfigOption<?>> all() {
        return List.of(
                SIZE_TRACK_ENABLED,
                SIZE_TRACK_SAMPLE_INTERVAL,
                SIZE_TRACK_HISTORY_SIZE,
                SIZE_TRACK_STATE_NAME_AS_VARIABLE);
    }
}
