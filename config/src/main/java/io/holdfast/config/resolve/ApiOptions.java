package io.holdfast.config.resolve;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.CoreOptions;
import io.holdfast.api.config.FsStateChangelogOptions;
import io.holdfast.api.config.PipelineOptions;
import io.holdfast.api.config.RestartStrategyOptions;
import io.holdfast.api.config.StateBackendOptions;
import io.holdfast.api.config.StateChangelogOptions;
import io.holdfast.api.config.StateLatencyTrackOptions;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.config.StateSizeTrackOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The options that are read whatever backend and storage are chosen. */
public final class ApiOptions {
    /** {@code config.strict}: whether a key that nobody reads stops the start. */
    public static final ConfigOption<Boolean> STRICT =
            ConfigOptions.key("config.strict")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether keys that are unknown, or close to a known one, are errors"
                                    + " instead of warnings.");

    /** {@code config.profile}: how the configuration is understood. */
    public static final ConfigOption<String> PROFILE =
            ConfigOptions.key("config.profile")
                    .stringType()
                    .defaultValue("default")
                    .withDescription(
                            "The compatibility profile: 'default', or 'flink-1.12', 'flink-1.20' or"
                                    + " 'flink-2.3' to do exactly what that version does.");

    private static final Set<ConfigOption<?>> READ_BY_STORAGES =
            Set.of(
                    CheckpointingOptions.FS_SMALL_FILE_THRESHOLD,
                    CheckpointingOptions.FS_WRITE_BUFFER_SIZE);

    private ApiOptions() {}

    /**
     * All of them.
     *
     * @return {@link #STRICT}, {@link #PROFILE} and the options declared in {@code
     *     io.holdfast.api.config}, but for those that only a storage that writes files reads; such
     *     a storage names them itself
     */
    public static List<ConfigOption<?>> all() {
        List<ConfigOption<?>> own =
                List.of(
                        STRICT,
                        PROFILE,
                        RestartStrategyOptions.RESTART_STRATEGY,
                        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
                        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                        RestartStrategyOptions
                                .RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER,
                        RestartStrategyOptions
                                .RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR,
                        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS,
                        PipelineOptions.NAME,
                        PipelineOptions.MAX_PARALLELISM,
                        CoreOptions.DEFAULT_PARALLELISM);
        return Stream.of(
                        own,
                        StateBackendOptions.all(),
                        CheckpointingOptions.all(),
                        StateRecoveryOptions.all(),
                        StateChangelogOptions.all(),
                        FsStateChangelogOptions.all(),
                        StateLatencyTrackOptions.all(),
                        StateSizeTrackOptions.all())
                .<ConfigOption<?>>flatMap(List::stream)
                .filter(option -> !READ_BY_STORAGES.contains(option))
                .toList();
    }
}
