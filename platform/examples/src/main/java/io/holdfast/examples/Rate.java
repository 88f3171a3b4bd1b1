package io.holdfast.examples;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.connector.Source;
import io.holdfast.runtime.connector.RateLimitedSource;

/** A choice that all examples have: how fast they read. */
public final class Rate {
    /** {@code rate}: records read a second. */
    public static final ConfigOption<Long> OPTION =
            ConfigOptions.key("rate")
                    .longType()
                    .defaultValue(0L)
                    .check("1 or more, or 0", rate -> rate >= 0)
                    .withDescription(
                            "Records read a second, to have time to watch, or to kill it;"
                                    + " 0 is as fast as possible.");

    private Rate() {}

    /**
     * A source at the rate that was chosen.
     *
     * @param source what to read
     * @param splits how many splits it has; they share the rate
     * @param choices may have {@link #OPTION}
     * @param <T> type of the records
     * @return the source itself if it may run as fast as it can
     */
    public static <T> Source<T> limit(Source<T> source, int splits, ReadableConfig choices) {
        long rate = choices.get(OPTION);
        return rate == 0 ? source : new RateLimitedSource<>(source, (double) rate / splits);
    }
}
