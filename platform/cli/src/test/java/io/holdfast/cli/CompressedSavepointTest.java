package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A savepoint is compressed if wanted, is shown as any other, and moves to the other backend. */
class CompressedSavepointTest {
    private static final int KEYS = 10;
    private static final String FIRST = "first";
    private static final String KEPT = "kept";

    @TempDir private Path directory;

    /** Keeps a long text under each key, and tells whether it was there before. */
    private static final class Texts extends KeyedProcessFunction<Long, Long, String> {
        private ValueState<String> text;

        @Override
        public void open() {
            text = getRuntimeContext().getState(new ValueStateDescriptor<>("text", String.class));
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<String> out) {
            String longText =
                    "the same words again and again ".repeat(1_000) + context.currentKey();
            String before = text.value();
            text.update(longText);
            out.collect(longText.equals(before) ? KEPT : FIRST);
        }
    }

    private JobClient start(
            String backend, Configuration more, CollectSink.Results<String> results) {
        Configuration settings =
                new Configuration()
                        .setString("state.backend.type", backend)
                        .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri("checkpoints"))
                        .setString("execution.checkpointing.interval", "50 ms")
                        .setString("execution.checkpointing.data-inline-threshold", "0 b")
                        .setString("parallelism.default", "2");
        settings.addAll(more);
        var env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.fromSource(
                        new RateLimitedSource<>(new GeneratorSource<>(i -> i, 1_000_000, 2), 2_000),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> number % KEYS, Long.class)
                .process(Texts::new)
                .uid("texts")
                .sinkTo(results.sink(Serializers.STRING))
                .uid("results");
        return env.executeAsync("texts");
    }

    private String uri(String name) {
        return directory.resolve(name).toUri().toString();
    }

    private Path savepoint(String backend, boolean compressed) throws Exception {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        JobClient job =
                start(
                        backend,
                        new Configuration()
                                .set(CheckpointingOptions.SNAPSHOT_COMPRESSION, compressed),
                        results);
        // Or else the savepoint holds them, and they come out when it is restored.
        await().until(() -> Collections.frequency(results.records(), FIRST) == KEYS);
        String savepoint = job.triggerSavepoint(uri("savepoints")).join();
        job.cancel();
        job.await();
        return Path.of(URI.create(savepoint));
    }

    private static long size(Path savepoint) throws IOException {
        try (Stream<Path> files = Files.list(savepoint)) {
            return files.mapToLong(each -> each.toFile().length()).sum();
        }
    }

    private static List<String> shown(Path savepoint) {
        Command shown = Command.run("checkpoint", "show", savepoint.toString(), "--verify");
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        return shown.lines();
    }

    @ParameterizedTest
    @CsvSource({"hashmap, rocksdb", "rocksdb, hashmap"})
    void itIsSmallerAndMovesToTheOtherBackend(String backend, String other) throws Exception {
        Path plain = savepoint(backend, false);
        Path compressed = savepoint(backend, true);

        assertThat(size(compressed)).isLessThan(size(plain) / 2);
        assertThat(shown(plain)).anyMatch(line -> line.contains("canonical/1"));
        assertThat(shown(compressed))
                .anyMatch(line -> line.contains("canonical/2"))
                .anyMatch(line -> line.matches(" *text +value +long +void +string +" + KEYS + ".*"))
                .noneMatch(line -> line.contains("canonical/1"));

        CollectSink.Results<String> results = new CollectSink.Results<>();
        JobClient job =
                start(
                        other,
                        new Configuration()
                                .set(StateRecoveryOptions.SAVEPOINT_PATH, compressed.toString()),
                        results);
        await().until(() -> results.records().size() > 100);
        job.cancel();
        job.await();
        assertThat(results.records()).containsOnly(KEPT);
    }
}
