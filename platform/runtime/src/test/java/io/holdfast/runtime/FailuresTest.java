package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.RestartStrategyOptions;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.connector.Sink;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.PrintSink;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.connector.StandardInputSource;
import io.holdfast.runtime.job.JobOptions;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs fail, are cancelled, and leave nothing behind. */
final class FailuresTest {

    @Test
    void aFailureNamesTheOperatorAndItsCause() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 2);
        env.configure(new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
        env.fromCollection(List.of(1, 0)).map(number -> 1 / number).name("divide").print();

        assertThatThrownBy(() -> env.execute("failing"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("JOB-6020 Operator divide")
                .hasMessageContaining("/ by zero");
    }

    @Test
    void restartsEndWhenTheStrategySaysSo() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 1);
        env.configure(
                new Configuration()
                        .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3));
        AtomicInteger starts = new AtomicInteger();
        env.fromCollection(List.of(0))
                .map(
                        number -> {
                            starts.incrementAndGet();
                            return 1 / number;
                        })
                .print();

        assertThatThrownBy(() -> env.execute("failing")).hasMessageContaining("/ by zero");
        assertThat(starts).hasValue(4);
    }

    @Test
    void aMistakeOfTheUserIsNotTriedAgain() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 1);
        AtomicInteger starts = new AtomicInteger();
        env.fromCollection(List.of(1))
                .keyBy(
                        number -> {
                            starts.incrementAndGet();
                            return new byte[1];
                        },
                        Serializers.BYTES)
                .reduce((first, second) -> first, Integer.class)
                .print();

        assertThatThrownBy(() -> env.execute("mistake")).hasMessageContaining("JOB-6011");
        assertThat(starts).hasValue(1);
    }

    /** Takes one record and then none until it is let go. */
    private static final class Stuck<T> implements Sink<T> {
        private final CountDownLatch release;

        Stuck(CountDownLatch release) {
            this.release = release;
        }

        @Override
        public void write(T record) throws InterruptedException {
            release.await();
        }
    }

    @Test
    void aSlowConsumerHoldsItsProducersBack() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong made = new AtomicLong();
        env.fromSource(new GeneratorSource<>(i -> made.incrementAndGet(), 1_000_000, 1), "fast")
                .rebalance()
                .sinkTo(() -> new Stuck<>(release));
        JobClient job = env.executeAsync("backpressure");

        await().until(() -> made.get() > 1_000);
        AtomicLong last = new AtomicLong(-1);
        await().pollInterval(java.time.Duration.ofMillis(100))
                .until(() -> last.getAndSet(made.get()) == made.get());
        assertThat(made.get()).isLessThan(10_000);

        release.countDown();
        job.await();
        assertThat(made.get()).isEqualTo(1_000_000);
    }

    @Test
    void aJobIsCancelledUnderBackpressure() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 2);
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong made = new AtomicLong();
        env.fromSource(
                        new GeneratorSource<>(i -> made.incrementAndGet(), Long.MAX_VALUE, 2),
                        "fast")
                .keyBy(number -> number % 10, Long.class)
                .reduce(Long::sum, Long.class)
                .rebalance()
                .filter(number -> true)
                .rebalance()
                .sinkTo(() -> new Stuck<>(release));
        JobClient job = env.executeAsync("backpressure");
        await().until(() -> made.get() > 1_000);

        job.cancel();
        await().until(() -> job.status() != JobStatus.RUNNING);
        release.countDown();

        assertThat(job.await().status()).isEqualTo(JobStatus.CANCELED);
    }

    @Test
    void aTaskThatNeverEndsDoesNotKeepTheJobFromEnding() {
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 1);
        env.configure(
                new Configuration()
                        .set(JobOptions.CANCELLATION_TIMEOUT, java.time.Duration.ofMillis(200)));
        CountDownLatch never = new CountDownLatch(1);
        env.fromCollection(List.of(1)).rebalance().sinkTo(() -> new Stuck<>(never));
        JobClient job = env.executeAsync("hanging");
        await().until(() -> job.status() == JobStatus.RUNNING);

        job.cancel();

        assertThat(job.await().status()).isEqualTo(JobStatus.CANCELED);
        never.countDown();
    }

    @Test
    void aJobThatWaitsForInputTakesCheckpointsAndIsCancelled() throws IOException {
        try (PipedOutputStream writer = new PipedOutputStream();
                InputStream reader = new PipedInputStream(writer)) {
            StreamExecutionEnvironment env = Jobs.checkpointed("rocksdb", 2, new MemoryStorage());
            CollectSink.Results<String> results = new CollectSink.Results<>();
            env.fromSource(new StandardInputSource(reader), "stdin")
                    .sinkTo(results.sink(Serializers.STRING));
            JobClient job = env.executeAsync("waiting");
            writer.write("one\ntwo\nthr".getBytes(StandardCharsets.UTF_8));
            writer.flush();

            await().until(() -> results.records().size() == 2);
            assertThat(results.records()).containsExactly("one", "two");
            job.cancel();
            assertThat(job.await().status()).isEqualTo(JobStatus.CANCELED);
        }
    }

    private static Runnable hanging(CountDownLatch reached, CountDownLatch release) {
        return () -> {
            reached.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static JobClient counting(MemoryStorage storage, String from) {
        StreamExecutionEnvironment env = Jobs.checkpointed("rocksdb", 2, storage);
        if (from != null) {
            env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, from));
        }
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, Long.MAX_VALUE, 2), 1_000),
                        "numbers")
                .keyBy(number -> number % 10, Long.class)
                .reduce(Long::sum, Long.class)
                .sinkTo(() -> new PrintSink<>(nowhere()));
        return env.executeAsync("hanging storage");
    }

    @Test
    void aJobIsCancelledWhileItsStorageDoesNotOpen() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        MemoryStorage storage = new MemoryStorage();
        storage.beforeOpen = hanging(reached, release);
        JobClient job = counting(storage, null);
        reached.await();

        job.cancel();

        assertThat(job.await().status()).isEqualTo(JobStatus.CANCELED);
        release.countDown();
    }

    @Test
    void aJobIsCancelledWhileItsRestoreHangs() throws InterruptedException {
        MemoryStorage storage = new MemoryStorage();
        JobClient first = counting(storage, null);
        await().until(() -> first.status() == JobStatus.RUNNING);
        await().until(() -> first.metrics().events() > 500);
        String savepoint = first.stopWithSavepoint("/savepoints", false).join();

        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        storage.beforeReading = hanging(reached, release);
        JobClient second = counting(storage, savepoint);
        reached.await();
        second.cancel();

        assertThat(second.await().status()).isEqualTo(JobStatus.CANCELED);
        release.countDown();
    }

    @Test
    void workingFilesAreGoneWhenTheJobHasEnded(@TempDir Path temporary) throws IOException {
        Path abandoned = Files.createDirectories(temporary.resolve("holdfast-1-abandoned"));
        Files.createFile(abandoned.resolve(".lock"));
        Files.createDirectories(abandoned.resolve("attempt-0/1-0"));
        StreamExecutionEnvironment env = Jobs.on("rocksdb", 2);
        env.configure(
                new Configuration().set(JobOptions.TEMPORARY_DIRECTORIES, temporary.toString()));
        AtomicInteger present = new AtomicInteger();
        env.fromSource(new GeneratorSource<>(i -> i, 1_000, 2), "numbers")
                .keyBy(number -> number % 10, Long.class)
                .reduce(Long::sum, Long.class)
                .map(
                        number -> {
                            try (Stream<Path> found = Files.list(temporary)) {
                                present.set((int) found.count());
                            }
                            return number;
                        })
                .sinkTo(() -> new PrintSink<>(nowhere()));
        env.execute("working files");

        assertThat(present).hasValue(1);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private static java.io.PrintStream nowhere() {
        return new java.io.PrintStream(java.io.OutputStream.nullOutputStream());
    }
}
