package io.holdfast.examples.nexmark;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.ProcessWindowFunction;
import io.holdfast.api.window.EventTimeWindows;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.examples.Example;
import io.holdfast.examples.ExampleOutput;
import io.holdfast.runtime.DataStream;
import io.holdfast.runtime.StreamExecutionEnvironment;
import java.time.Duration;
import java.util.List;

/**
 * Nexmark query 11, user sessions: how many bids did a bidder make in each session? A session goes
 * on as long as each bid comes less than 10 seconds after the one before.
 *
 * <p>A session is a window whose end nobody knows in advance. Every bid opens a window of its own,
 * from its time to 10 seconds later; windows of one bidder that overlap become one, and so do their
 * counts, which is what {@link AggregateFunction#merge} is for. A bid in the gap between two
 * sessions makes one of both. When the watermark reaches a session's end, it is over and comes out.
 *
 * <p>That is all: the job needs no state and no timers of its own, the window has both. Start here
 * if this is the first job you read; {@link HotItems} goes on from it. Lines: {@code
 * bidder,bids,session start,session end}.
 */
public final class UserSessions implements Example {
    private static final Duration GAP = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "nexmark-q11";
    }

    @Override
    public String sentence() {
        return "User sessions: how many bids each bidder made before a pause of 10 seconds.";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return NexmarkStream.options();
    }

    @Override
    public List<ExampleOutput> build(
            StreamExecutionEnvironment environment, ReadableConfig choices) {
        DataStream<String> sessions =
                NexmarkStream.events(environment, choices)
                        .filter(event -> event instanceof Bid)
                        .map(event -> (Bid) event)
                        .keyBy(Bid::bidder, Long.class)
                        .window(EventTimeWindows.session(GAP))
                        .aggregate(new CountBids(), Long.class, WriteSession::new)
                        .name("count bids of each session")
                        .uid("sessions");
        return List.of(ExampleOutput.results(sessions));
    }

    private static final class CountBids implements AggregateFunction<Bid, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Bid bid, Long bids) {
            return bids + 1;
        }

        @Override
        public Long getResult(Long bids) {
            return bids;
        }

        @Override
        public Long merge(Long some, Long others) {
            return some + others;
        }
    }

    private static final class WriteSession
            extends ProcessWindowFunction<Long, String, Long, TimeWindow> {
        @Override
        public void process(
                Long bidder,
                Context<TimeWindow> context,
                Iterable<Long> counts,
                Collector<String> out) {
            TimeWindow session = context.window();
            for (long bids : counts) {
                out.collect(bidder + "," + bids + "," + session.start() + "," + session.end());
            }
        }
    }
}
