package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.TimeDomain;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Timers of both clocks fire in order, once, also behind a restore. */
final class TimersTest {

    /** Sets a timer 10 behind each record, and deletes those of multiples of 5. */
    private static final class EventTimers extends KeyedProcessFunction<String, Long, String> {
        @Override
        public void processElement(Long value, Context<String> context, Collector<String> out) {
            context.timerService().registerEventTimeTimer(value + 10);
            context.timerService().registerEventTimeTimer(value + 10);
            if (value % 5 == 0) {
                context.timerService().deleteEventTimeTimer(value + 10);
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext<String> context, Collector<String> out) {
            assertThat(context.timeDomain()).isEqualTo(TimeDomain.EVENT_TIME);
            assertThat(context.timestamp()).isEqualTo(time);
            assertThat(context.timerService().currentWatermark()).isGreaterThanOrEqualTo(time);
            out.collect(context.currentKey() + time);
        }
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void timersOfEventTimeFireOnceEach(String backend) {
        StreamExecutionEnvironment env = Jobs.on(backend, 2);
        CollectSink.Results<String> results = new CollectSink.Results<>();

        env.fromSource(
                        new GeneratorSource<>(i -> i, 1_000, 3),
                        WatermarkStrategy.ascending(Long::longValue),
                        "numbers")
                .keyBy(number -> "k" + number % 3 + "-", String.class)
                .process(EventTimers::new)
                .sinkTo(results.sink(Serializers.STRING));
        env.execute("timers");

        assertThat(results.records())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 1_000)
                                .filter(i -> i % 5 != 0)
                                .mapToObj(i -> "k" + i % 3 + "-" + (i + 10))
                                .toList());
    }

    /** Sets one timer far away and one near for its only record. */
    private static final class BothTimers extends KeyedProcessFunction<Long, Long, String> {
        @Override
        public void processElement(Long value, Context<Long> context, Collector<String> out) {
            if (value < 3) {
                context.timerService().registerEventTimeTimer(1_000_000 + value);
                context.timerService()
                        .registerProcessingTimeTimer(
                                context.timerService().currentProcessingTime() + 700 + value);
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext<Long> context, Collector<String> out) {
            out.collect(context.timeDomain() + " " + context.currentKey());
        }
    }

    private static JobClient start(
            String backend,
            int parallelism,
            MemoryStorage storage,
            CollectSink.Results<String> results,
            String from) {
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, parallelism, storage);
        if (from != null) {
            env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, from));
        }
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, Long.MAX_VALUE, 2), 200),
                        WatermarkStrategy.ascending(Long::longValue),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> number % 3, Long.class)
                .process(BothTimers::new)
                .uid("timers")
                .sinkTo(results.sink(Serializers.STRING))
                .uid("results");
        return env.executeAsync("timers");
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void timersOfBothClocksFireBehindARestore(String backend) {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<String> results = new CollectSink.Results<>();
        JobClient first = start(backend, 2, storage, results, null);
        await().until(() -> first.status() == JobStatus.RUNNING && first.metrics().events() > 10);
        String savepoint = first.stopWithSavepoint("/savepoints", false).join();
        List<String> before = results.records();

        JobClient second = start(backend, 3, storage, results, savepoint);
        await().until(
                        () ->
                                results.records()
                                        .containsAll(
                                                List.of(
                                                        "PROCESSING_TIME 0",
                                                        "PROCESSING_TIME 1",
                                                        "PROCESSING_TIME 2")));
        second.stopWithSavepoint("/savepoints", true).join();

        assertThat(before).noneMatch(text -> text.startsWith("EVENT_TIME"));
        assertThat(results.records())
                .containsExactlyInAnyOrder(
                        "PROCESSING_TIME 0",
                        "PROCESSING_TIME 1",
                        "PROCESSING_TIME 2",
                        "EVENT_TIME 0",
                        "EVENT_TIME 1",
                        "EVENT_TIME 2");
    }
}
