package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.ProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.api.window.EventTimeWindows;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.FileSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A job that fails at random records ends with what a job that never fails ends with. */
final class ExactlyOnceTest {
    private static final int RECORDS = 30_000;
    private static final int KEYS = 101;

    record Numbered(long key, long number) {}

    /** Emits for each record how many of its key came so far. */
    private static final class Counting extends KeyedProcessFunction<Long, Long, Numbered> {
        private ValueState<Long> count;

        @Override
        public void open() {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<Numbered> out) {
            long next = count.value() == null ? 1 : count.value() + 1;
            count.update(next);
            out.collect(new Numbered(context.currentKey(), next));
        }
    }

    private static FailingAt.Plan failures(SplittableRandom random) {
        return new FailingAt.Plan(
                random.longs(6, RECORDS / 20, RECORDS).boxed().collect(Collectors.toSet()));
    }

    private static DataStream<Long> numbers(StreamExecutionEnvironment env) {
        return env.fromSource(
                new RateLimitedSource<>(new GeneratorSource<>(i -> i, RECORDS, 4), 20_000),
                "numbers");
    }

    private static List<Numbered> expected() {
        return LongStream.range(0, RECORDS)
                .mapToObj(i -> new Numbered(i % KEYS, i / KEYS + 1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void countsEveryRecordOnceOverFailures(String backend) {
        FailingAt.Plan plan = failures(Jobs.random());
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, 2, new MemoryStorage());

        numbers(env)
                .process(() -> new FailingAt<>(plan))
                .keyBy(number -> number % KEYS, Long.class)
                .process(Counting::new)
                .sinkTo(results.sink(Serializers.forClass(Numbered.class)));
        JobResult result = env.execute("count");

        // Two subtasks may fail at the same time.
        assertThat(result.metrics().restarts()).isBetween(1, (int) plan.failed.get());
        assertThat(result.metrics().checkpoints().completed()).isPositive();
        assertThat(results.records()).containsExactlyInAnyOrderElementsOf(expected());
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void failuresBehindTheStateDoNotCountTwice(String backend) {
        FailingAt.Plan plan = failures(Jobs.random());
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, 3, new MemoryStorage());

        numbers(env)
                .keyBy(number -> number % KEYS, Long.class)
                .process(Counting::new)
                .rebalance()
                .process(() -> new FailingAt<>(plan))
                .sinkTo(results.sink(Serializers.forClass(Numbered.class)));
        env.execute("count");

        assertThat(plan.failed.get()).isPositive();
        assertThat(results.records()).containsExactlyInAnyOrderElementsOf(expected());
    }

    /** Takes a record and then neither records nor barriers, until it is let go. */
    private static final class Waiting extends ProcessFunction<Long, Long> {
        private final CountDownLatch release;

        Waiting(CountDownLatch release) {
            this.release = release;
        }

        @Override
        public void processElement(Long value, Context context, Collector<Long> out)
                throws InterruptedException {
            release.await();
            out.collect(value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theModeDecidesWhetherAChannelWaitsForTheBarriersOfOthers(CheckpointingMode mode) {
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong seen = new AtomicLong();
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env =
                Jobs.checkpointed("hashmap", 1, new MemoryStorage())
                        .configure(
                                new Configuration()
                                        .set(
                                                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                                                mode));
        env.fromCollection(List.of(0L))
                .process(() -> new Waiting(release))
                .union(numbers(env))
                .keyBy(number -> 0L, Long.class)
                .process(Counting::new)
                .map(
                        counted -> {
                            seen.incrementAndGet();
                            return counted;
                        })
                .sinkTo(results.sink(Serializers.forClass(Numbered.class)));
        JobClient job = env.executeAsync("mode");

        if (mode == CheckpointingMode.AT_LEAST_ONCE) {
            await().atMost(Duration.ofMinutes(1)).until(() -> seen.get() == RECORDS);
        } else {
            await().until(() -> seen.get() > 0);
            AtomicLong last = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(200))
                    .until(() -> last.getAndSet(seen.get()) == seen.get());
            assertThat(seen.get()).as("held back at the barrier").isLessThan(RECORDS);
        }
        assertThat(job.metrics().checkpoints().completed()).isZero();
        release.countDown();
        assertThat(job.await().metrics().checkpoints().completed()).isPositive();
        assertThat(results.records()).hasSize(RECORDS + 1);
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void windowsFireOnceOverFailures(String backend) {
        FailingAt.Plan plan = failures(Jobs.random());
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, 2, new MemoryStorage());

        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> new Numbered(i % 7, i), RECORDS, 4),
                                20_000),
                        WatermarkStrategy.ascending(Numbered::number),
                        "numbers")
                .process(() -> new FailingAt<>(plan))
                .keyBy(Numbered::key, Long.class)
                .window(EventTimeWindows.tumbling(Duration.ofMillis(100)))
                .reduce(
                        (first, second) ->
                                new Numbered(first.key(), first.number() + second.number()),
                        Numbered.class)
                .sinkTo(results.sink(Serializers.forClass(Numbered.class)));
        env.execute("windows");

        List<Numbered> sums = new ArrayList<>();
        for (int window = 0; window < RECORDS / 100; window++) {
            for (int key = 0; key < 7; key++) {
                int only = key;
                sums.add(
                        new Numbered(
                                key,
                                LongStream.range(window * 100L, window * 100L + 100)
                                        .filter(i -> i % 7 == only)
                                        .sum()));
            }
        }
        assertThat(plan.failed.get()).isPositive();
        assertThat(results.records()).containsExactlyInAnyOrderElementsOf(sums);
    }

    private static List<String> lines(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> !path.endsWith(".lock")).toList()) {
                assertThat(file.getFileName().toString()).startsWith("part-");
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    @Test
    void filesHoldEveryRecordOnceOverFailures(@TempDir Path directory) throws IOException {
        FailingAt.Plan plan = failures(Jobs.random());
        StreamExecutionEnvironment env = Jobs.checkpointed("rocksdb", 2, new MemoryStorage());

        numbers(env)
                .process(() -> new FailingAt<>(plan))
                .sinkTo(() -> new FileSink<>(directory, Object::toString));
        env.execute("files");

        assertThat(plan.failed.get()).isPositive();
        assertThat(lines(directory))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, RECORDS).mapToObj(Long::toString).toList());
    }

    @Test
    void aCheckpointThatFailsDoesNotEndTheJobAndLosesNothing() {
        MemoryStorage storage = new MemoryStorage();
        storage.refuses = id -> id % 3 != 0;
        FailingAt.Plan plan = failures(Jobs.random());
        CollectSink.Results<Long> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = Jobs.checkpointed("rocksdb", 2, storage);

        numbers(env).process(() -> new FailingAt<>(plan)).sinkTo(results.sink(Serializers.LONG));
        JobResult result = env.execute("failing checkpoints");

        assertThat(result.metrics().checkpoints().failed()).isPositive();
        assertThat(Set.copyOf(results.records())).hasSize(RECORDS);
        assertThat(results.records()).hasSize(RECORDS);
    }
}
