package io.holdfast.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.api.config.Configuration;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.CheckpointedFunction;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code holdfast checkpoint} on a savepoint and on checkpoints of either backend. */
class CheckpointCommandsTest {
    @TempDir static Path directory;
    @TempDir Path own;

    private static Path savepoint;

    record Order(long id, String item) {}

    /** One state of each kind. */
    private static final class Orders extends KeyedProcessFunction<String, Long, Long>
            implements CheckpointedFunction {
        private ValueState<Order> last;
        private ListState<Long> numbers;
        private MapState<String, Integer> lengths;
        private ListState<String> seen;

        @Override
        public void initializeState(FunctionInitializationContext context) {
            seen =
                    context.operatorStateStore()
                            .getListState(new ListStateDescriptor<>("seen", String.class));
        }

        @Override
        public void open() {
            last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Order.class));
            numbers =
                    getRuntimeContext()
                            .getListState(new ListStateDescriptor<>("numbers", Long.class));
            lengths =
                    getRuntimeContext()
                            .getMapState(
                                    new MapStateDescriptor<>(
                                            "lengths", String.class, Integer.class));
        }

        @Override
        public void processElement(Long value, Context<String> context, Collector<Long> out)
                throws Exception {
            last.update(new Order(value, "item\u001b[31m"));
            numbers.update(List.of(value, value + 1));
            lengths.put("m" + value % 2, 1);
            context.timerService().registerProcessingTimeTimer(4_000_000_000_000L);
            out.collect(value);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            seen.update(List.of("some"));
            context.rawKeyedStateOutput()
                    .startKeyGroup(context.rawKeyedStateOutput().lastKeyGroup());
            context.rawKeyedStateOutput().write("bytes of its own".getBytes(UTF_8));
        }
    }

    private static JobClient start(String backend) {
        Configuration settings =
                new Configuration()
                        .setString("state.backend.type", backend)
                        .setString("execution.checkpointing.dir", uri(directory.resolve(backend)))
                        .setString("execution.checkpointing.interval", "50 ms")
                        .setString(
                                "execution.checkpointing.incremental",
                                Boolean.toString(backend.equals("hashmap")))
                        .setString("execution.checkpointing.data-inline-threshold", "0 b")
                        .setString("parallelism.default", "2")
                        .setString(
                                "execution.checkpointing.externalized-checkpoint-retention",
                                "RETAIN_ON_CANCELLATION");
        var env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        env.fromSource(
                        new RateLimitedSource<>(new GeneratorSource<>(i -> i, 1_000_000, 2), 5_000),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> "key-" + number % 10, String.class)
                .process(Orders::new)
                .name("orders")
                .uid("orders")
                .sinkTo(new CollectSink.Results<Long>().sink(Serializers.LONG))
                .uid("results");
        return env.executeAsync("shop");
    }

    private static String uri(Path path) {
        return path.toUri().toString().replaceAll("/$", "");
    }

    @BeforeAll
    static void takeASavepointAndCheckpoints() throws Exception {
        for (String backend : List.of("hashmap", "rocksdb")) {
            JobClient job = start(backend);
            await().until(() -> job.status() == JobStatus.RUNNING && job.metrics().events() > 100);
            await().until(() -> job.metrics().checkpoints().completed() > 2);
            if (savepoint == null) {
                savepoint =
                        Path.of(
                                URI.create(
                                        job.triggerSavepoint(uri(directory.resolve("savepoints")))
                                                .join()));
            }
            job.cancel();
            job.await();
        }
    }

    private static Path newest(String backend) throws IOException {
        try (Stream<Path> found = Files.walk(directory.resolve(backend))) {
            return found.filter(each -> each.endsWith("_metadata"))
                    .map(Path::getParent)
                    .max((a, b) -> Long.compare(number(a), number(b)))
                    .orElseThrow();
        }
    }

    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    private static Command show(Object path, String... words) {
        return Command.run(
                Stream.concat(Stream.of("checkpoint", "show", path.toString()), Stream.of(words))
                        .toArray(String[]::new));
    }

    @Test
    void aSavepointIsToldWithoutTheClassesOfItsJob() {
        Command shown = show(savepoint);
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out())
                .containsPattern("kind +savepoint \\d+")
                .containsPattern("job +shop \\(id [0-9a-f]{32}\\)")
                .containsPattern("orders \\(id [0-9a-f]{32}\\): parallelism 2 of at most 128")
                .containsPattern("last +value +string +void +Order\\(id: long, item: string\\) +-")
                .containsPattern("numbers +list +string +void +long")
                .containsPattern("lengths +map +string +void +from string to int")
                .containsPattern("timers +string +void")
                .containsPattern("seen +split list +- +- +string +2")
                .containsPattern("subtask 1: key groups 64\\.\\.127, canonical/1, ")
                .containsPattern(
                        "subtask 1: raw keyed state in 1 of key groups 64\\.\\.127, raw-keyed/1, 48 B");
    }

    @Test
    void entriesAreReadByTheirDescriptions() {
        Command shown = show(savepoint, "--entries=3", "--state=last");
        assertThat(shown.lines())
                .filteredOn(line -> line.startsWith("orders/last"))
                .hasSize(3)
                .allMatch(
                        line ->
                                line.matches(
                                        "orders/last  key key-\\d  = Order\\{id=\\d+, item=item"
                                                + "\\\\u001b\\[31m}"));
        Command one = show(savepoint, "--entries=5", "--state=lengths", "--key=key-3");
        assertThat(one.lines())
                .filteredOn(line -> line.startsWith("orders/lengths"))
                .containsExactly("orders/lengths  key key-3  at m1  = 1");
        Command timers = show(savepoint, "--entries=100", "--operator=orders");
        assertThat(timers.out())
                .contains("  = 4000000000000")
                .containsPattern("orders/numbers  key key-7  = \\[\\d+, \\d+]")
                .contains("orders/seen  = some");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void checkpointsOfEitherBackendAreVerifiedCountedAndRead(String backend) throws IOException {
        Command shown = show(newest(backend), "--verify", "--entries=50", "--json");
        assertThat(shown.exitCode()).isZero();
        Config told = ConfigFactory.parseString(shown.out());
        assertThat(told.getString("kind")).isEqualTo("checkpoint");
        assertThat(told.getBoolean("verified")).isTrue();
        Config orders =
                told.getConfigList("operators").stream()
                        .filter(each -> each.getString("name").equals("orders"))
                        .findFirst()
                        .orElseThrow();
        assertThat(orders.getConfigList("states"))
                .anySatisfy(
                        state -> {
                            assertThat(state.getString("name")).isEqualTo("last");
                            assertThat(state.getString("type"))
                                    .isEqualTo("Order(id: long, item: string)");
                            assertThat(state.getLong("entries")).isEqualTo(10);
                        });
        assertThat(orders.getConfigList("subtasks").get(0).getConfig("rawKeyed").getInt("bytes"))
                .isEqualTo(48);
        assertThat(told.getConfigList("entries"))
                .anySatisfy(
                        entry -> {
                            assertThat(entry.getString("state")).isEqualTo("last");
                            assertThat(entry.getString("value.item")).startsWith("item");
                        });
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Path copy = copied(newest("hashmap").getParent(), own.resolve("copy"));
        Path checkpoint = copy.resolve(newest("hashmap").getFileName());
        Path file = largest(copy.resolve("shared"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Command shown = show(checkpoint, "--verify");
        assertThat(shown.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(shown.out())
                .contains("1 DAMAGED")
                .containsPattern(file.getFileName() + ".* DAMAGED\n +expected .* CRC-32C .* found");
        Files.delete(file);
        assertThat(show(checkpoint, "--verify").out()).contains("no such file");
    }

    @Test
    void damageOfRawKeyedStateIsNamed() throws IOException {
        Path copy = copied(savepoint, own.resolve("copy"));
        Path file;
        try (Stream<Path> files = Files.list(copy)) {
            file = files.filter(CheckpointCommandsTest::isRaw).findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);
        Command shown = show(copy, "--verify");
        assertThat(shown.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(shown.out()).containsPattern(file.getFileName() + ".* DAMAGED");
    }

    private static boolean isRaw(Path file) {
        try {
            return new String(Files.readAllBytes(file), ISO_8859_1).contains("bytes of its own");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path largest(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private static Path copied(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path each : files.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
        return to;
    }

    @Test
    void linksThatLeadOutOfTheCheckpointAreNotFollowed() throws IOException {
        Path copy = copied(savepoint, own.resolve("copy"));
        Path file;
        try (Stream<Path> files = Files.list(copy)) {
            file = files.filter(each -> !each.endsWith("_metadata")).findFirst().orElseThrow();
        }
        Path outside = Files.move(file, own.resolve("secret"));
        Files.createSymbolicLink(file, outside);
        Command shown = show(copy, "--verify");
        assertThat(shown.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(shown.out()).contains("it is a link to " + outside.toRealPath());
        Path metadata = copy.resolve("_metadata");
        Files.move(metadata, own.resolve("metadata"));
        Files.createSymbolicLink(metadata, own.resolve("metadata"));
        Command refused = show(copy);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(refused.err()).contains("SNAPSHOT-4401", "is a link to");
    }

    @Test
    void whatIsNoCheckpointIsToldWithWhatIsThere() throws IOException {
        Command missing = show(own.resolve("nowhere"));
        assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("STORAGE-5007", "no such file or directory");
        Command empty = show(own);
        assertThat(empty.err()).contains("STORAGE-5007", "nothing in it");
        Command several = show(directory.resolve("hashmap"));
        assertThat(several.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(several.err())
                .contains("name one of the checkpoints listed")
                .containsPattern("checkpoint +file:.*/" + newest("hashmap").getFileName());
        Files.writeString(own.resolve("_metadata"), "something else");
        Command foreign = show(own, "--json");
        assertThat(foreign.exitCode()).isEqualTo(ExitCode.DATA);
        assertThat(foreign.out()).contains("SNAPSHOT-4101");
    }

    @Test
    void wrongChoicesOfEntriesAreRefused() {
        assertThat(show(savepoint, "--state=last").err()).contains("CLI-7070", "--entries");
        assertThat(show(savepoint, "--entries=0").exitCode()).isEqualTo(ExitCode.USAGE);
        Command unknown = show(savepoint, "--entries=1", "--state=lsat");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("SNAPSHOT-4405", "Did you mean 'last'?");
        assertThat(show(savepoint, "--entries=1", "--operator=order").err())
                .contains("SNAPSHOT-4405", "'orders'");
    }
}
