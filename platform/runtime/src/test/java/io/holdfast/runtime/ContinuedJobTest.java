package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ExternalizedCheckpointRetention;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.runtime.connector.FileSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A job goes on from checkpoints in files, as a new process does. */
final class ContinuedJobTest {
    private static final int RECORDS = 8_000;

    @TempDir private Path directory;

    private Path results() {
        return directory.resolve("results");
    }

    private JobClient start(String backend, int parallelism, boolean latest, double rate) {
        return restore(backend, parallelism, latest ? "latest" : null, rate);
    }

    private JobClient restore(String backend, int parallelism, String from, double rate) {
        StreamExecutionEnvironment env = Jobs.on(backend, parallelism).enableCheckpointing(20);
        env.getCheckpointConfig()
                .setCheckpointStorage(directory.resolve("checkpoints").toUri().toString());
        env.getCheckpointConfig()
                .setExternalizedCheckpointRetention(
                        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        if (from != null) {
            env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, from));
        }
        env.fromSource(
                        new RateLimitedSource<>(new GeneratorSource<>(i -> i, RECORDS, 4), rate),
                        "numbers")
                .keyBy(number -> number % 10, Long.class)
                .reduce((before, number) -> number, Long.class)
                .sinkTo(() -> new FileSink<>(results(), Object::toString));
        return env.executeAsync("continued");
    }

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(results())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.startsWith("part-") || name.equals(".lock"));
        }
        return visibleLines();
    }

    private List<String> visibleLines() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(results())) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines;
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void latestContinuesTheJobOfTheSameName(String backend) throws IOException {
        JobClient first = start(backend, 2, true, 100);
        await().until(() -> first.metrics().checkpoints().completed() >= 3);
        first.cancel();
        assertThat(first.await().status()).isEqualTo(JobStatus.CANCELED);

        JobClient second = start(backend, 3, true, 1e9);
        second.await();

        assertThat(second.jobId()).isEqualTo(first.jobId());
        assertThat(lines())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, RECORDS).mapToObj(Long::toString).toList());
    }

    @Test
    void continuingAJobThatHadFinishedChangesNothing() throws IOException {
        start("rocksdb", 2, false, 1e9).await();
        List<String> before = lines();

        start("rocksdb", 2, true, 1e9).await();

        assertThat(lines()).containsExactlyInAnyOrderElementsOf(before).hasSize(RECORDS);
    }

    @Test
    void goingBackToAnOlderCheckpointTakesBackWhatCameAfterIt() throws IOException {
        JobClient first = start("rocksdb", 2, false, 500);
        await().until(() -> first.metrics().checkpoints().completed() >= 5);
        String older = first.triggerSavepoint(directory.resolve("older").toString()).join();
        long then = first.metrics().checkpoints().completed();
        await().until(() -> first.metrics().checkpoints().completed() >= then + 5);
        first.cancel();
        first.await();

        restore("rocksdb", 2, older, 1e9).await();

        assertThat(visibleLines())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, RECORDS).mapToObj(Long::toString).toList());
        try (Stream<Path> files = Files.list(results())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith(".superseded-part-"));
        }
    }

    @Test
    void aFreshStartDoesNotMixItsResultsWithOthers() {
        start("rocksdb", 1, false, 1e9).await();

        assertThatThrownBy(() -> start("rocksdb", 1, false, 1e9).await())
                .hasMessageContaining("JOB-6041")
                .hasMessageContaining("results of an earlier run");
    }

    @Test
    void aMissingFileOfTheRestoredCheckpointIsNamed() throws IOException {
        JobClient first = start("rocksdb", 2, false, 100);
        await().until(() -> first.metrics().checkpoints().completed() >= 5);
        first.cancel();
        assertThat(first.await().status()).isEqualTo(JobStatus.CANCELED);
        try (Stream<Path> files = Files.list(results())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(() -> start("rocksdb", 2, true, 1e9).await())
                .hasMessageContaining("JOB-6042")
                .hasMessageContaining("part-");
    }
}
