package io.holdfast.cli;

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
import io.holdfast.api.process.RawKeyedStateOutput;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.cli.output.ExitCode;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code holdfast checkpoint check}: a later version of a job against an earlier one's savepoint.
 */
class CheckpointCheckTest {
    @TempDir static Path directory;

    private static Path savepoint;

    /** What the job stores now. */
    static final class Before {
        record Order(long id, String item) {}

        enum Color {
            RED
        }
    }

    /** What its next version stores. */
    static final class After {
        @io.holdfast.api.serialization.FormerlyNamed(
                "io.holdfast.cli.CheckpointCheckTest$Before$Order")
        record Order(long id, String item, double price) {}

        @io.holdfast.api.serialization.FormerlyNamed(
                "io.holdfast.cli.CheckpointCheckTest$Before$Color")
        enum Color {
            GREEN,
            RED
        }
    }

    private static final class Shop extends KeyedProcessFunction<Long, Long, Long>
            implements CheckpointedFunction {
        private final boolean later;

        Shop(boolean later) {
            this.later = later;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {
            if (later) {
                context.operatorStateStore()
                        .getListState(new ListStateDescriptor<>("seen", Long.class));
            } else {
                assertThat(context.rawKeyedStateInputs()).isEmpty();
                context.operatorStateStore()
                        .getListState(new ListStateDescriptor<>("seen", String.class));
            }
        }

        @Override
        public void open() {
            var context = getRuntimeContext();
            context.getState(new ValueStateDescriptor<>("same", Long.class));
            if (later) {
                context.getState(new ValueStateDescriptor<>("order", After.Order.class));
                context.getState(new ValueStateDescriptor<>("color", After.Color.class));
                context.getState(new ValueStateDescriptor<>("changed", String.class));
                context.getState(new ValueStateDescriptor<>("added", Long.class));
            } else {
                context.getState(new ValueStateDescriptor<>("order", Before.Order.class));
                context.getState(new ValueStateDescriptor<>("color", Before.Color.class));
                context.getState(new ValueStateDescriptor<>("changed", Long.class));
                context.getMapState(new MapStateDescriptor<>("lazy", Long.class, Long.class));
            }
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<Long> out) {
            out.collect(value);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            RawKeyedStateOutput out = context.rawKeyedStateOutput();
            out.startKeyGroup(out.firstKeyGroup());
        }
    }

    /** The job, with the sink that a check must not open. */
    private static StreamExecutionEnvironment described(
            StreamExecutionEnvironment env, boolean later) {
        env.fromSource(
                        new RateLimitedSource<>(new GeneratorSource<>(i -> i, 1_000_000, 2), 5_000),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> number % 10, Long.class)
                .process(() -> new Shop(later))
                .name("shop")
                .uid("shop")
                .sinkTo(new CollectSink.Results<Long>().sink(Serializers.LONG))
                .uid("results");
        return env;
    }

    /** The next version as a program, for a jar. */
    public static final class Program {
        private Program() {}

        /** Describes the job. */
        public static void main(String[] arguments) {
            described(StreamExecutionEnvironment.getExecutionEnvironment(), true).execute("shop");
        }
    }

    /** The same version as a program. */
    public static final class SameProgram {
        private SameProgram() {}

        /** Describes the job. */
        public static void main(String[] arguments) {
            described(StreamExecutionEnvironment.getExecutionEnvironment(), false).execute("shop");
        }
    }

    /** A program without a job. */
    public static final class Idle {
        private Idle() {}

        /** Does nothing. */
        public static void main(String[] arguments) {}
    }

    @BeforeAll
    static void takeASavepoint() {
        String uri = directory.toUri().toString().replaceAll("/$", "");
        var settings =
                new Configuration().setString("execution.checkpointing.dir", uri + "/checkpoints");
        JobClient job =
                described(StreamExecutionEnvironment.getExecutionEnvironment(settings), false)
                        .executeAsync("shop");
        await().until(() -> job.status() == JobStatus.RUNNING && job.metrics().events() > 100);
        savepoint = Path.of(URI.create(job.stopWithSavepoint(uri + "/savepoints", false).join()));
        job.await();
    }

    private static String jar(Class<?> main) throws Exception {
        Path jar = directory.resolve(main.getSimpleName() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (main != Object.class) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.flush();
        }
        return jar.toString();
    }

    private static Command check(String job, String... words) {
        return Command.run(
                Stream.concat(
                                Stream.of("checkpoint", "check", "--job", job),
                                Stream.concat(Stream.of(savepoint.toString()), Stream.of(words)))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void eachStateOfTheNextVersionHasItsVerdict(String backend) throws Exception {
        Command checked =
                check(jar(Program.class), "--set=state.backend.type=" + backend, "--json");
        assertThat(checked.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        Config told = ConfigFactory.parseString(checked.out());
        assertThat(told.getString("status")).isEqualTo("incompatible");
        Config shop =
                told.getConfigList("operators").stream()
                        .filter(each -> each.getString("name").equals("shop"))
                        .findFirst()
                        .orElseThrow();
        assertThat(verdict(shop, "same").getString("verdict")).isEqualTo("as is");
        assertThat(verdict(shop, "order").getString("verdict")).isEqualTo("after migration");
        assertThat(verdict(shop, "order").getString("reason")).contains("price (double) is added");
        assertThat(verdict(shop, "color").getString("verdict")).isEqualTo("reconfigured");
        assertThat(verdict(shop, "changed").getString("verdict")).isEqualTo("incompatible");
        assertThat(verdict(shop, "changed").getString("reason"))
                .contains("stored as long", "the job uses string");
        assertThat(verdict(shop, "added").getString("verdict")).isEqualTo("new in job");
        assertThat(verdict(shop, "lazy").getString("verdict")).isEqualTo("not asked for");
        assertThat(verdict(shop, "seen").getString("verdict")).isEqualTo("incompatible");
        assertThat(verdict(shop, "(raw)").getString("verdict")).isEqualTo("not asked for");
        assertThat(verdict(shop, "_timer_state/event_user-timers").getString("verdict"))
                .isEqualTo("as is");
    }

    private static Config verdict(Config operator, String state) {
        return operator.getConfigList("states").stream()
                .filter(each -> each.getString("name").equals(state))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theVerdictsAreToldWithWhatToDo() throws Exception {
        Command checked = check(jar(Program.class));
        assertThat(checked.out())
                .contains("CANNOT go on from")
                .containsPattern("changed \\(value\\): INCOMPATIBLE\n +because ")
                .contains("order (value): after migration", "do nothing: its values are rewritten");
    }

    @Test
    void theSameVersionCanGoOn() throws Exception {
        Command checked = check(jar(SameProgram.class));
        assertThat(checked.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(checked.out()).contains("can go on from").doesNotContain("INCOMPATIBLE");
        Config told = ConfigFactory.parseString(check(jar(SameProgram.class), "--json").out());
        assertThat(told.getConfigList("operators"))
                .filteredOn(each -> each.getString("name").equals("shop"))
                .singleElement()
                .satisfies(
                        shop ->
                                assertThat(verdict(shop, "(raw)").getString("verdict"))
                                        .isEqualTo("as is"));
    }

    @Test
    void anotherJobMissesTheOperators() {
        Command checked = check("nexmark-q5");
        assertThat(checked.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(checked.out())
                .contains("same (value): MISSING IN JOB", "the job has no operator with this id")
                .contains("(raw) (raw keyed state): MISSING IN JOB");
        Command leaving =
                check("nexmark-q5", "--set=execution.state-recovery.ignore-unclaimed-state=true");
        assertThat(leaving.exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void anotherMaxParallelismIsToldAtOnce() throws Exception {
        Command checked = check(jar(SameProgram.class), "--set=pipeline.max-parallelism=64");
        assertThat(checked.exitCode()).isEqualTo(ExitCode.DIFFERENT);
        assertThat(checked.out()).contains("SNAPSHOT-4301");
    }

    @Test
    void whatIsNoJobIsRefused() throws Exception {
        assertThat(check("nexmark-q6").err()).contains("CLI-7075", "nexmark-q5");
        assertThat(check(directory.resolve("none.jar").toString()).err()).contains("CLI-7071");
        assertThat(check(jar(Object.class)).err()).contains("CLI-7072", "Main-Class");
        Command idle = check(jar(Idle.class));
        assertThat(idle.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(idle.err()).contains("CLI-7073", "ended without a job");
    }

    @Test
    void examplesCanBeChecked() {
        for (String example : List.of("sessions", "nexmark-q11")) {
            assertThat(check(example).out()).as(example).contains("CANNOT go on");
        }
    }
}
