package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.api.window.EventTimeWindows;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs stop with a savepoint and go on from it, with other parallelism and another backend. */
final class SavepointsTest {
    private static final int RECORDS = 12_000;
    private static final int KEYS = 61;

    record Numbered(long key, long number) {}

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

    private static JobClient start(
            String backend,
            int parallelism,
            MemoryStorage storage,
            CollectSink.Results<Numbered> results,
            Pace pace,
            String from) {
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, parallelism, storage);
        if (from != null) {
            env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, from));
        }
        env.fromSource(pace.of(new GeneratorSource<>(i -> i, RECORDS, 4)), "numbers")
                .uid("numbers")
                .keyBy(number -> number % KEYS, Long.class)
                .process(Counting::new)
                .uid("count")
                .sinkTo(results.sink(Serializers.forClass(Numbered.class)))
                .uid("results");
        return env.executeAsync("count");
    }

    private static void awaitEvents(JobClient client, long events) {
        await().until(
                        () ->
                                client.status() == JobStatus.RUNNING
                                        && client.metrics().events() > events);
    }

    private static void assertComplete(CollectSink.Results<Numbered> results) {
        assertThat(results.records())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, RECORDS)
                                .mapToObj(i -> new Numbered(i % KEYS, i / KEYS + 1))
                                .toList());
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aStoppedJobGoesOnWithAnotherParallelismAndAnyBackend(String backend) {
        int[] parallelisms = {1, 3, 4};
        List<String> backends = Jobs.backends();
        for (int i = 0; i < parallelisms.length; i++) {
            MemoryStorage storage = new MemoryStorage();
            CollectSink.Results<Numbered> results = new CollectSink.Results<>();
            JobClient first = start(backend, 2, storage, results, Pace.of(1_000), null);
            awaitEvents(first, 500);

            String savepoint = first.stopWithSavepoint("/savepoints", false).join();
            assertThat(first.await().status()).isEqualTo(JobStatus.FINISHED);
            int before = results.records().size();
            JobClient second =
                    start(
                            backends.get(i % backends.size()),
                            parallelisms[i],
                            storage,
                            results,
                            Pace.unlimited(),
                            savepoint);
            second.await();

            assertThat(before).isBetween(1, RECORDS - 1);
            assertComplete(results);
        }
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aSavepointCommitsNothingAndTheJobGoesOn(String backend) {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        Pace pace = Pace.of(1_000);
        JobClient job = start(backend, 2, storage, results, pace, null);
        awaitEvents(job, 500);

        String savepoint = job.triggerSavepoint("/savepoints").join();
        pace.hurry();
        job.await();
        assertComplete(results);

        CollectSink.Results<Numbered> again = new CollectSink.Results<>();
        start(backend, 3, storage, again, Pace.unlimited(), savepoint).await();
        assertThat(again.records()).hasSizeBetween(1, RECORDS);
        assertThat(again.records()).contains(new Numbered(0, RECORDS / KEYS + 1));
    }

    @Test
    void aSavepointThatIsNotThereIsRefusedAndNothingStartsInItsPlace() {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient job = start("rocksdb", 2, storage, results, Pace.unlimited(), "/nowhere");

        assertThatThrownBy(job::await)
                .hasMessageContaining("STORAGE-5007")
                .hasMessageContaining("/nowhere");
        assertThat(job.metrics().restarts()).isZero();
        assertThat(results.records()).isEmpty();
    }

    @Test
    void aStorageThatFailsAtFirstDoesNotMakeTheJobStartFromNothing() {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient first = start("rocksdb", 2, storage, results, Pace.of(1_000), null);
        awaitEvents(first, 500);
        String savepoint = first.stopWithSavepoint("/savepoints", false).join();
        first.await();
        AtomicInteger openings = new AtomicInteger();
        storage.beforeOpen =
                () -> {
                    if (openings.incrementAndGet() <= 2) {
                        throw new UncheckedIOException(new IOException("no answer"));
                    }
                };

        JobClient second = start("rocksdb", 2, storage, results, Pace.unlimited(), savepoint);
        second.await();

        assertThat(second.metrics().restarts()).isEqualTo(2);
        assertComplete(results);
    }

    @Test
    void aJobIsNotRestoredWithAnotherNumberOfKeyGroups() {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient first = start("rocksdb", 2, storage, results, Pace.of(1_000), null);
        awaitEvents(first, 100);
        String savepoint = first.stopWithSavepoint("/savepoints", false).join();

        StreamExecutionEnvironment env =
                Jobs.checkpointed("rocksdb", 2, storage).setMaxParallelism(64);
        env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
        env.fromSource(new GeneratorSource<>(i -> i, RECORDS, 4), "numbers")
                .uid("numbers")
                .keyBy(number -> number % KEYS, Long.class)
                .process(Counting::new)
                .uid("count")
                .sinkTo(results.sink(Serializers.forClass(Numbered.class)))
                .uid("results");

        assertThatThrownBy(() -> env.execute("other key groups"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("SNAPSHOT-4301")
                .hasMessageContaining("128");
    }

    @Test
    void drainingFiresAllWindowsBeforeTheSavepoint() {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<Long> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = Jobs.checkpointed("rocksdb", 2, storage);
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, Long.MAX_VALUE, 4), 3_000),
                        WatermarkStrategy.ascending(Long::longValue),
                        "numbers")
                .map(number -> 1L)
                .keyBy(number -> "all", String.class)
                .window(EventTimeWindows.tumbling(Duration.ofDays(1)))
                .reduce(Long::sum, Long.class)
                .sinkTo(results.sink(Serializers.LONG));
        JobClient job = env.executeAsync("drain");
        awaitEvents(job, 1_000);

        job.stopWithSavepoint("/savepoints", true).join();

        assertThat(results.records()).hasSize(1);
        assertThat(results.records().get(0)).isEqualTo(job.metrics().events());
    }

    @Test
    void aCancelledJobTakesNoSavepoint() {
        JobClient job =
                start(
                        "rocksdb",
                        1,
                        new MemoryStorage(),
                        new CollectSink.Results<>(),
                        Pace.of(1_000),
                        null);
        awaitEvents(job, 10);
        job.cancel();
        assertThat(job.await().status()).isEqualTo(JobStatus.CANCELED);

        assertThatThrownBy(() -> job.triggerSavepoint("/savepoints").join())
                .hasCauseInstanceOf(HoldfastException.class)
                .hasMessageContaining("JOB-6051");
    }
}
