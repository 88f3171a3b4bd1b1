package io.holdfast.examples.nexmark;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ConfigOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.connector.Source;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.examples.Rate;
import io.holdfast.runtime.DataStream;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.GeneratorSource;
import java.util.List;

/** What the queries share: their input, and what can be chosen about it. */
final class NexmarkStream {
    private static final int SPLITS = 4;

    private static final ConfigOption<Long> EVENTS =
            ConfigOptions.key("events")
                    .longType()
                    .defaultValue(1_000_000L)
                    .check("1 or more", events -> events >= 1)
                    .withDescription("How many events of the auction are read.");

    private static final ConfigOption<Long> SEED =
            ConfigOptions.key("seed")
                    .longType()
                    .defaultValue(1L)
                    .withDescription(
                            "Another seed, another auction; the same seed, the same result.");

    private NexmarkStream() {}

    static List<ConfigOption<?>> options() {
        return List.of(EVENTS, SEED, Rate.OPTION);
    }

    /**
     * The events with their times. Number <i>n</i> is computed when it is read, so that the source
     * is replayable: its position is a number. They are dealt out to a fixed number of splits, each
     * of which is in order.
     */
    static DataStream<Event> events(
            StreamExecutionEnvironment environment, ReadableConfig choices) {
        NexmarkGenerator generator = new NexmarkGenerator(choices.get(SEED));
        Source<Event> numbered =
                new GeneratorSource<>(generator::event, choices.get(EVENTS), SPLITS);
        return environment
                .fromSource(
                        Rate.limit(numbered, SPLITS, choices),
                        WatermarkStrategy.ascending(Event::timestamp),
                        "auction events")
                .uid("events");
    }
}
