package io.holdfast.benchmarks.flink.job;

import io.holdfast.benchmarks.job.JobSettings;
import io.holdfast.examples.nexmark.Bid;
import io.holdfast.examples.nexmark.Event;
import io.holdfast.examples.nexmark.NexmarkGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/**
 * Nexmark query 5: the auctions with the most bids in a window of 10 seconds, every 2 seconds, all
 * of those that share the first place. In two steps: count the bids of each auction, compare the
 * counts of each window.
 */
final class HotItemsJob {
    private static final Duration SIZE = Duration.ofSeconds(10);
    private static final Duration SLIDE = Duration.ofSeconds(2);

    private HotItemsJob() {}

    static List<String> run(String backend, JobSettings settings) throws Exception {
        Configuration config = new Configuration();
        config.set(StateBackendOptions.STATE_BACKEND, backend);
        config.set(
                RocksDBOptions.FIX_PER_SLOT_MEMORY_SIZE,
                new MemorySize(JobSettings.ROCKSDB_BYTES_PER_SLOT));
        config.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                settings.directory().resolve("checkpoints").toUri().toString());
        config.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        config.set(CoreOptions.TMP_DIRS, settings.directory().toString());
        // In Flink's favour: records are not copied between chained operators. Holdfast never
        // copies them.
        config.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(settings.parallelism(), config);
        long seed = settings.seed();
        CloseableIterator<String> lines =
                environment
                        .fromSource(
                                new NexmarkStripes(settings.events(), settings.parallelism()),
                                WatermarkStrategy.<Long>forMonotonousTimestamps()
                                        .withTimestampAssigner(new EventTimes(seed)),
                                "nexmark")
                        .flatMap(new Bids(seed))
                        .returns(Types.LONG)
                        .keyBy(auction -> auction)
                        .window(SlidingEventTimeWindows.of(SIZE, SLIDE))
                        .aggregate(new Count(), new NameWindow())
                        .returns(Types.TUPLE(Types.LONG, Types.LONG, Types.LONG))
                        .uid("bids")
                        .keyBy(bids -> bids.f0)
                        .process(new KeepMost())
                        .uid("hot-items")
                        .executeAndCollect("nexmark-q5");
        try (lines) {
            List<String> result = new ArrayList<>();
            lines.forEachRemaining(result::add);
            return Collections.unmodifiableList(result);
        }
    }

    /**
     * Event time of a number; the generator is made anew in each task, as it is not serializable.
     */
    private static final class EventTimes
            implements org.apache.flink.api.common.eventtime.SerializableTimestampAssigner<Long> {
        private static final long serialVersionUID = 1L;

        private final long seed;
        private transient NexmarkGenerator generator;

        EventTimes(long seed) {
            this.seed = seed;
        }

        @Override
        public long extractTimestamp(Long number, long recordTimestamp) {
            if (generator == null) {
                generator = new NexmarkGenerator(seed);
            }
            return generator.timestamp(number);
        }
    }

    /** Makes the events and keeps what the query needs of its bids: the auction. */
    private static final class Bids extends RichFlatMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;

        private final long seed;
        private transient NexmarkGenerator generator;

        Bids(long seed) {
            this.seed = seed;
        }

        @Override
        public void open(OpenContext context) {
            generator = new NexmarkGenerator(seed);
        }

        @Override
        public void flatMap(Long number, Collector<Long> out) {
            Event event = generator.event(number);
            if (event instanceof Bid bid) {
                out.collect(bid.auction());
            }
        }
    }

    private static final class Count implements AggregateFunction<Long, Long, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long auction, Long bids) {
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

    /** Window start, auction, bids. */
    private static final class NameWindow
            extends ProcessWindowFunction<Long, Tuple3<Long, Long, Long>, Long, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(
                Long auction,
                Context context,
                Iterable<Long> counts,
                Collector<Tuple3<Long, Long, Long>> out) {
            for (long bids : counts) {
                out.collect(Tuple3.of(context.window().getStart(), auction, bids));
            }
        }
    }

    /** The auctions that lead in the window that is the key, and their bids. */
    private static final class KeepMost
            extends KeyedProcessFunction<Long, Tuple3<Long, Long, Long>, String> {
        private static final long serialVersionUID = 1L;
        private static final TypeInformation<Tuple2<Long, List<Long>>> LEADERS =
                Types.TUPLE(Types.LONG, Types.LIST(Types.LONG));

        private transient ValueState<Tuple2<Long, List<Long>>> leaders;

        @Override
        public void open(OpenContext context) {
            leaders = getRuntimeContext().getState(new ValueStateDescriptor<>("leaders", LEADERS));
        }

        @Override
        public void processElement(
                Tuple3<Long, Long, Long> candidate, Context context, Collector<String> out)
                throws Exception {
            Tuple2<Long, List<Long>> before = leaders.value();
            if (before == null || candidate.f2 > before.f0) {
                leaders.update(Tuple2.of(candidate.f2, List.of(candidate.f1)));
            } else if (candidate.f2.equals(before.f0)) {
                List<Long> auctions = new ArrayList<>(before.f1);
                auctions.add(candidate.f1);
                leaders.update(Tuple2.of(before.f0, auctions));
            }
            context.timerService().registerEventTimeTimer(context.timestamp());
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<String> out)
                throws Exception {
            long start = context.getCurrentKey();
            Tuple2<Long, List<Long>> winners = leaders.value();
            for (long auction : winners.f1) {
                out.collect(
                        start + "," + (start + SIZE.toMillis()) + "," + auction + "," + winners.f0);
            }
            leaders.clear();
        }
    }
}
