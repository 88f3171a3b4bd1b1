package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental checkpoints, also several at a time, through the whole engine and real files. */
final class IncrementalCheckpointsTest {
    private static final int RECORDS = 20_000;
    private static final int KEYS = 1_000;

    @TempDir private Path directory;
    private final ChunkedBackend chunked = new ChunkedBackend();

    private StreamExecutionEnvironment environment(
            StateBackend backend, int parallelism, int concurrent) {
        StreamExecutionEnvironment env =
                Jobs.checkpointed("hashmap", parallelism, new MemoryStorage());
        env.configure(new Configuration().set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true));
        env.setStateBackend(backend);
        env.getCheckpointConfig()
                .setCheckpointStorage(new FileSystemCheckpointStorage(directory.toUri(), 0));
        env.getCheckpointConfig().setMaxConcurrentCheckpoints(concurrent);
        env.setMaxParallelism(16);
        return env;
    }

    private static JobClient start(
            StreamExecutionEnvironment env,
            double rate,
            FailingAt.Plan plan,
            CollectSink.Results<Long> results) {
        env.fromSource(
                        new RateLimitedSource<>(new GeneratorSource<>(i -> i, RECORDS, 4), rate),
                        "numbers")
                .process(() -> new FailingAt<>(plan))
                .uid("failing")
                // A few keys change all the time, most of them seldom.
                .keyBy(number -> number % 10 == 0 ? number % KEYS : number % 10, Long.class)
                .reduce(Long::sum, Long.class)
                .uid("sums")
                .sinkTo(results.sink(Serializers.LONG))
                .uid("results");
        return env.executeAsync("incremental");
    }

    /** The last sum of each key is the largest. */
    private static void assertComplete(CollectSink.Results<Long> results) {
        long[] sums = new long[KEYS];
        Set<Long> expected = new HashSet<>();
        for (long number = 0; number < RECORDS; number++) {
            int key = (int) (number % 10 == 0 ? number % KEYS : number % 10);
            sums[key] += number;
        }
        LongStream.of(sums).filter(sum -> sum > 0).forEach(expected::add);
        assertThat(results.records()).hasSize(RECORDS).containsAll(expected);
    }

    private List<Path> sharedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getParent().endsWith("shared"))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyRecordCountsOnceOverFailuresAndNoFileIsLeft(int concurrent) throws IOException {
        FailingAt.Plan plan =
                new FailingAt.Plan(Set.of(RECORDS / 3L, RECORDS / 2L, RECORDS * 3L / 4));
        CollectSink.Results<Long> results = new CollectSink.Results<>();
        JobResult result =
                start(environment(chunked, 2, concurrent), 10_000, plan, results).await();

        assertThat(result.metrics().restarts()).isEqualTo(3);
        assertComplete(results);
        assertThat(chunked.incremental.get()).isPositive();
        assertThat(chunked.stored.get()).isPositive();
        assertThat(chunked.reused.get()).as("pieces of earlier checkpoints").isPositive();
        if (concurrent > 1) {
            assertThat(chunked.overlapping.get()).as("overlapping snapshots").isPositive();
        }
        assertThat(sharedFiles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void everyRecordCountsOnceOnTheHeapToo(int concurrent) throws IOException {
        FailingAt.Plan plan =
                new FailingAt.Plan(Set.of(RECORDS / 3L, RECORDS / 2L, RECORDS * 3L / 4));
        CollectSink.Results<Long> results = new CollectSink.Results<>();
        JobResult result =
                start(environment(new HashMapStateBackend(), 2, concurrent), 10_000, plan, results)
                        .await();

        assertThat(result.metrics().restarts()).isEqualTo(3);
        assertComplete(results);
        assertThat(sharedFiles()).isEmpty();
    }

    static List<StateBackend> backends() {
        return List.of(new ChunkedBackend(), new HashMapStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anotherProcessGoesOnWithOtherParallelismAndRemovesWhatItNeedsNoMore(StateBackend backend)
            throws IOException {
        FailingAt.Plan none = new FailingAt.Plan(Set.of());
        CollectSink.Results<Long> before = new CollectSink.Results<>();
        StreamExecutionEnvironment cancelled = environment(backend, 2, 2);
        cancelled
                .getCheckpointConfig()
                .setExternalizedCheckpointRetention(
                        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        JobClient first = start(cancelled, 500, none, before);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> first.metrics().checkpoints().completed() >= 5);
        first.cancel();
        assertThat(first.await().status()).isEqualTo(JobStatus.CANCELED);
        assertThat(sharedFiles()).isNotEmpty();

        StreamExecutionEnvironment env = environment(backend, 3, 2);
        env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, "latest"));
        CollectSink.Results<Long> after = new CollectSink.Results<>();
        JobClient second = start(env, 50_000, none, after);
        second.await();

        assertThat(second.restoredFrom()).isPresent();
        long sum = LongStream.range(0, RECORDS).filter(number -> number % 10 == 3).sum();
        assertThat(after.records()).contains(sum);
        assertThat(sharedFiles()).isEmpty();
    }
}
