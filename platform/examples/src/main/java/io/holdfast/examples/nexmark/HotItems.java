package io.holdfast.examples.nexmark;

import io.holdfast.api.config.ConfigOption;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.ProcessWindowFunction;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.window.EventTimeWindows;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.examples.Example;
import io.holdfast.examples.ExampleOutput;
import io.holdfast.runtime.DataStream;
import io.holdfast.runtime.StreamExecutionEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Nexmark query 5, hot items: which auctions have the most bids in a window of 10 seconds, asked
 * every 2 seconds? Auctions that share the first place are all in the answer.
 *
 * <p>One machine could keep one big table. But bids come to several subtasks at once, and none of
 * them sees all. So the job has two steps, each with its own key:
 *
 * <ol>
 *   <li><b>Count</b> the bids of each auction. {@code keyBy(auction)} sends all bids of an auction
 *       to one subtask, which keeps a counter for each of the five windows a bid falls into. The
 *       windows overlap; a counter is a number, not a list of bids, because the bids are aggregated
 *       as they come.
 *   <li><b>Compare</b> the counts of each window. When event time has passed a window's end, its
 *       counters come out, and {@code keyBy(window)} sends all counts of one window to one subtask.
 *       That one keeps the best so far, and answers when no more can come.
 * </ol>
 *
 * <p>How does the second step know that no more can come? Time is part of the stream: a watermark
 * says that nothing earlier follows. The first step lets a watermark pass only after the windows it
 * closes have come out, so a timer set to the last millisecond of the window, {@link
 * KeyedProcessFunction.Context#timestamp} of every count, fires after the last of them.
 *
 * <p>All that is remembered, counters, the best so far, timers, is keyed state: it is held by the
 * state backend that the configuration names, it is in every checkpoint, and this file does not
 * change for it. Lines: {@code window start,window end,auction,bids}.
 */
public final class HotItems implements Example {
    private static final Duration SIZE = Duration.ofSeconds(10);
    private static final Duration SLIDE = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "nexmark-q5";
    }

    @Override
    public String sentence() {
        return "Hot items: the auctions with the most bids in the last 10 seconds, every 2 seconds.";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return NexmarkStream.options();
    }

    @Override
    public List<ExampleOutput> build(
            StreamExecutionEnvironment environment, ReadableConfig choices) {
        DataStream<Bid> bids =
                NexmarkStream.events(environment, choices)
                        .filter(event -> event instanceof Bid)
                        .map(event -> (Bid) event);
        DataStream<String> hotItems =
                bids.keyBy(Bid::auction, Long.class)
                        .window(EventTimeWindows.sliding(SIZE, SLIDE))
                        .aggregate(new CountBids(), Long.class, NameWindow::new)
                        .name("count bids of each auction")
                        .uid("bids")
                        .keyBy(BidsOfAuction::windowStart, Long.class)
                        .process(KeepMostBids::new)
                        .name("compare auctions of each window")
                        .uid("hot-items");
        return List.of(ExampleOutput.results(hotItems));
    }

    /** How many bids an auction got in a window. */
    record BidsOfAuction(long windowStart, long auction, long bids) {}

    /** Step 1: what a window keeps of its bids is one number. */
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

    /** The number alone does not say of which window and auction; here both are known. */
    private static final class NameWindow
            extends ProcessWindowFunction<Long, BidsOfAuction, Long, TimeWindow> {
        @Override
        public void process(
                Long auction,
                Context<TimeWindow> context,
                Iterable<Long> counts,
                Collector<BidsOfAuction> out) {
            for (long bids : counts) {
                out.collect(new BidsOfAuction(context.window().start(), auction, bids));
            }
        }
    }

    /** Step 2: the auctions that lead so far in the window that is the current key. */
    private static final class KeepMostBids
            extends KeyedProcessFunction<Long, BidsOfAuction, String> {
        private ValueState<Leaders> leaders;

        /** Who leads, and with how many bids. */
        record Leaders(long bids, List<Long> auctions) {}

        @Override
        public void open() {
            leaders =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("leaders", Leaders.class));
        }

        @Override
        public void processElement(
                BidsOfAuction candidate, Context<Long> context, Collector<String> out) {
            Leaders before = leaders.value();
            if (before == null || candidate.bids() > before.bids()) {
                leaders.update(new Leaders(candidate.bids(), List.of(candidate.auction())));
            } else if (candidate.bids() == before.bids()) {
                List<Long> auctions = new ArrayList<>(before.auctions());
                auctions.add(candidate.auction());
                leaders.update(new Leaders(before.bids(), auctions));
            }
            context.timerService().registerEventTimeTimer(context.timestamp());
        }

        @Override
        public void onTimer(long time, OnTimerContext<Long> context, Collector<String> out) {
            long start = context.currentKey();
            Leaders winners = leaders.value();
            for (long auction : winners.auctions()) {
                out.collect(
                        start
                                + ","
                                + (start + SIZE.toMillis())
                                + ","
                                + auction
                                + ","
                                + winners.bids());
            }
            leaders.clear();
        }
    }
}
