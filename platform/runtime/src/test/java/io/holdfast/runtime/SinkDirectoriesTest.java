package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.RestartStrategyOptions;
import io.holdfast.runtime.connector.FileSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.connector.StandardInputSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory of results belongs to one sink, whichever job and process it is in. */
final class SinkDirectoriesTest {
    @TempDir private Path directory;

    private static StreamExecutionEnvironment environment(int parallelism) {
        return Jobs.on("hashmap", parallelism)
                .configure(
                        new Configuration().set(RestartStrategyOptions.RESTART_STRATEGY, "none"));
    }

    private FileSink<Long> sink() {
        return new FileSink<>(directory, Object::toString);
    }

    private static DataStream<Long> numbers(StreamExecutionEnvironment env, double rate) {
        return env.fromSource(
                new RateLimitedSource<>(new GeneratorSource<>(i -> i, 10_000, 2), rate), "numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"second", "first"})
    void aSecondSinkOfTheSameJobIsRefused(String secondName) {
        StreamExecutionEnvironment env = environment(2);
        DataStream<Long> numbers = numbers(env, 1e9);
        numbers.sinkTo(this::sink).name("first");
        numbers.rebalance().sinkTo(this::sink).setParallelism(1).name(secondName);

        assertThatThrownBy(() -> env.execute("two sinks"))
                .hasMessageContaining("JOB-6043")
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("of the same job")
                .hasMessageContaining("a directory of its own");
    }

    @Test
    void anotherJobIsRefusedAsLongAsTheFirstOneRuns() throws IOException {
        StreamExecutionEnvironment first = environment(2);
        numbers(first, 100).sinkTo(this::sink);
        JobClient running = first.executeAsync("first");
        await().until(() -> running.status() == JobStatus.RUNNING);

        StreamExecutionEnvironment second = environment(1);
        numbers(second, 1e9).sinkTo(this::sink);
        assertThatThrownBy(() -> second.execute("second"))
                .hasMessageContaining("JOB-6043")
                .hasMessageContaining("another job of this process");

        running.cancel();
        running.await();
        StreamExecutionEnvironment third = environment(3);
        numbers(third, 1e9).sinkTo(this::sink);
        assertThat(third.execute("third").status()).isEqualTo(JobStatus.FINISHED);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("."))
                    .containsExactly(".lock");
        }
    }

    /** Writes the lines of its input to files; says when it runs. */
    static final class AnotherProcess {
        private AnotherProcess() {}

        public static void main(String[] arguments) {
            StreamExecutionEnvironment env = environment(1);
            env.fromSource(new StandardInputSource(System.in), "lines")
                    .sinkTo(() -> new FileSink<>(Path.of(arguments[0]), line -> line));
            JobClient job = env.executeAsync("another process");
            await().until(() -> job.status() == JobStatus.RUNNING);
            System.out.println("running");
            job.await();
        }
    }

    @Test
    void anotherProcessIsNamedAndItsDeathGivesTheDirectoryFree() throws Exception {
        Process other =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin/java")
                                                .toString(),
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        AnotherProcess.class.getName(),
                                        directory.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said =
                new BufferedReader(
                        new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo("running");
            StreamExecutionEnvironment env = environment(2);
            numbers(env, 1e9).sinkTo(this::sink);

            assertThatThrownBy(() -> env.execute("refused"))
                    .hasMessageContaining("JOB-6043")
                    .hasMessageContaining("another process")
                    .hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly();
        }
        other.waitFor();
        StreamExecutionEnvironment env = environment(2);
        numbers(env, 1e9).sinkTo(this::sink);
        assertThat(env.execute("taken over").status()).isEqualTo(JobStatus.FINISHED);
    }
}
