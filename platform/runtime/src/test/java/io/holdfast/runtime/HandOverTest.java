package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.ProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.AggregatingState;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.api.window.EventTimeWindows;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.job.JobOptions;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job that goes from one state backend to another while it runs computes what it always would.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class HandOverTest {
    private static final int RECORDS = 40_000;
    private static final int KEYS = 97;
    private static List<String> undisturbed;

    /** Slow enough that no machine is through before the test is. */
    private final Pace pace = Pace.of(5_000);

    /** Keeps something in every kind of state, and sets timers; emits all of it. */
    private static final class Everything extends KeyedProcessFunction<Long, Long, String> {
        static final AtomicInteger OPENED = new AtomicInteger();

        private ValueState<Long> value;
        private ListState<Long> list;
        private MapState<Long, Long> map;
        private ReducingState<Long> reducing;
        private AggregatingState<Long, String> aggregating;

        @Override
        public void open() {
            OPENED.incrementAndGet();
            var context = getRuntimeContext();
            value = context.getState(new ValueStateDescriptor<>("value", Long.class));
            list = context.getListState(new ListStateDescriptor<>("list", Long.class));
            map = context.getMapState(new MapStateDescriptor<>("map", Long.class, Long.class));
            reducing =
                    context.getReducingState(
                            new ReducingStateDescriptor<>("reducing", Long::sum, Long.class));
            aggregating =
                    context.getAggregatingState(
                            new AggregatingStateDescriptor<>(
                                    "aggregating", new Longest(), Serializers.STRING));
        }

        @Override
        public void processElement(Long number, Context<Long> context, Collector<String> out) {
            value.update(value.value() == null ? 1 : value.value() + 1);
            list.add(number);
            map.put(number % 7, number);
            reducing.add(number);
            aggregating.add(number);
            context.timerService().registerEventTimeTimer(number - number % 1_000 + 1_000);
            List<Long> numbers = new ArrayList<>();
            list.get().forEach(numbers::add);
            List<String> entries = new ArrayList<>();
            map.entries().forEach(entry -> entries.add(entry.toString()));
            out.collect(
                    "%d: %d %d %s %d %s"
                            .formatted(
                                    context.currentKey(),
                                    value.value(),
                                    numbers.hashCode(),
                                    entries.stream().sorted().toList(),
                                    reducing.get(),
                                    aggregating.get()));
            if (numbers.size() > 50) {
                list.update(numbers.subList(40, numbers.size()));
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext<Long> context, Collector<String> out) {
            // When a timer fires depends on when watermarks come; that it does, does not.
            out.collect("timer of %d at %d".formatted(context.currentKey(), time));
        }
    }

    /** The text of the greatest number. */
    private static final class Longest implements AggregateFunction<Long, String, String> {
        @Override
        public String createAccumulator() {
            return "";
        }

        @Override
        public String add(Long value, String accumulator) {
            return merge(accumulator, value.toString());
        }

        @Override
        public String getResult(String accumulator) {
            return accumulator;
        }

        @Override
        public String merge(String a, String b) {
            return a.length() > b.length() || a.length() == b.length() && a.compareTo(b) > 0
                    ? a
                    : b;
        }
    }

    private static StreamExecutionEnvironment environment(String backend, int parallelism) {
        return Jobs.checkpointed(backend, parallelism, new MemoryStorage());
    }

    private static void everything(
            StreamExecutionEnvironment env, Pace pace, CollectSink.Results<String> results) {
        env.fromSource(
                        pace.of(new GeneratorSource<>(i -> i, RECORDS, 1)),
                        WatermarkStrategy.ascending(number -> number),
                        "numbers")
                .keyBy(number -> number % KEYS, Long.class)
                .process(Everything::new)
                .sinkTo(results.sink(Serializers.STRING));
    }

    @BeforeAll
    static void runUndisturbed() {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 2);
        everything(env, Pace.unlimited(), results);
        env.execute("undisturbed");
        undisturbed = results.records().stream().sorted().toList();
    }

    private static void awaitRecords(JobClient job, long more) {
        long target = job.metrics().events() + more;
        await().pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                job.status().isTerminal()
                                        || job.status() == JobStatus.RUNNING
                                                && job.metrics().events() >= target);
    }

    @ParameterizedTest
    @CsvSource({"hashmap, rocksdb", "rocksdb, hashmap", "rocksdb, rocksdb", "hashmap, hashmap"})
    void goesToAndFro(String first, String second) {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment(first, 2);
        everything(env, pace, results);
        Everything.OPENED.set(0);
        JobClient job = env.executeAsync("to and fro");
        for (int i = 0; i < 4; i++) {
            awaitRecords(job, 1_000);
            HandOverReport report = job.switchBackend(i % 2 == 0 ? second : first).join();
            assertThat(report.subtasks()).hasSize(2);
            assertThat(report.pause()).isPositive();
            assertThat(job.stateBackend()).startsWith(i % 2 == 0 ? second : first);
        }
        pace.hurry();
        JobResult result = job.await();

        assertThat(result.metrics().restarts()).isZero();
        assertThat(Everything.OPENED).as("functions are not opened again").hasValue(2);
        assertThat(results.records().stream().sorted().toList()).isEqualTo(undisturbed);
    }

    @Test
    void goesOnWithTheNewBackendAfterAFailure() {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 2);
        FailingAt.Plan plan = new FailingAt.Plan(Set.of(RECORDS * 2L / 3));
        env.fromSource(
                        pace.of(new GeneratorSource<>(i -> i, RECORDS, 1)),
                        WatermarkStrategy.ascending(number -> number),
                        "numbers")
                .process(() -> new FailingAt<>(plan))
                .keyBy(number -> number % KEYS, Long.class)
                .process(Everything::new)
                .sinkTo(results.sink(Serializers.STRING));
        JobClient job = env.executeAsync("failing");
        awaitRecords(job, 1_000);
        job.switchBackend("rocksdb").join();
        pace.hurry();
        JobResult result = job.await();

        assertThat(result.metrics().restarts()).isEqualTo(1);
        assertThat(job.stateBackend()).startsWith("rocksdb");
        assertThat(results.records().stream().sorted().toList()).isEqualTo(undisturbed);
    }

    /** Fails once, when it is told to. */
    private static final class FailingOnce extends ProcessFunction<Long, Long> {
        private final AtomicBoolean now;

        FailingOnce(AtomicBoolean now) {
            this.now = now;
        }

        @Override
        public void processElement(Long value, Context context, Collector<Long> out) {
            if (now.compareAndSet(true, false)) {
                throw new IllegalStateException("planned failure");
            }
            out.collect(value);
        }
    }

    @ParameterizedTest
    @CsvSource({"hashmap, rocksdb", "rocksdb, hashmap"})
    void goesBackIfItFailsBeforeTheFirstCheckpointOfTheNewBackend(String from, String to) {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment(from, 2);
        // Once before the hand-over, and not again until the job has failed.
        env.enableCheckpointing(4_000);
        AtomicBoolean fail = new AtomicBoolean();
        env.fromSource(
                        pace.of(new GeneratorSource<>(i -> i, RECORDS, 1)),
                        WatermarkStrategy.ascending(number -> number),
                        "numbers")
                .process(() -> new FailingOnce(fail))
                .keyBy(number -> number % KEYS, Long.class)
                .process(Everything::new)
                .sinkTo(results.sink(Serializers.STRING));
        JobClient job = env.executeAsync("failing");
        await().atMost(1, TimeUnit.MINUTES)
                .until(() -> job.metrics().checkpoints().completed() == 1);
        job.switchBackend(to).join();
        fail.set(true);
        await().atMost(1, TimeUnit.MINUTES).until(() -> job.metrics().restarts() == 1);
        await().atMost(1, TimeUnit.MINUTES).until(() -> job.status() == JobStatus.RUNNING);
        assertThat(job.stateBackend()).startsWith(from);
        job.switchBackend(to).join();
        assertThat(job.stateBackend()).startsWith(to);
        pace.hurry();

        assertThat(job.await().metrics().restarts()).isEqualTo(1);
        assertThat(results.records().stream().sorted().toList()).isEqualTo(undisturbed);
    }

    @Test
    void windowsThatMergeGoOn() {
        List<String> expected = sessions(false);
        assertThat(expected).isNotEmpty();
        assertThat(sessions(true)).isEqualTo(expected);
    }

    private static List<String> sessions(boolean switching) {
        Pace pace = switching ? Pace.of(3_000) : Pace.unlimited();
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 2);
        env.fromSource(
                        pace.of(new GeneratorSource<>(i -> i, 20_000, 1)),
                        WatermarkStrategy.ascending(number -> number),
                        "numbers")
                .filter(number -> number % 1_009 < 700)
                .keyBy(number -> number % 11, Long.class)
                .window(EventTimeWindows.session(Duration.ofMillis(50)))
                .reduce(Long::sum, Long.class)
                .map(sum -> Long.toString(sum))
                .sinkTo(results.sink(Serializers.STRING));
        JobClient job = env.executeAsync("sessions");
        if (switching) {
            for (String backend : List.of("rocksdb", "hashmap", "rocksdb")) {
                awaitRecords(job, 600);
                job.switchBackend(backend).join();
            }
            pace.hurry();
        }
        job.await();
        return results.records().stream().sorted().toList();
    }

    @Test
    void statesBehindEachOtherDoNotWaitForEachOther() {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 2);
        env.fromSource(pace.of(new GeneratorSource<>(i -> i, RECORDS, 2)), "numbers")
                .keyBy(number -> number % 1_000, Long.class)
                .reduce(Long::max, Long.class)
                .keyBy(number -> number % 13, Long.class)
                .reduce(Long::max, Long.class)
                .keyBy(number -> 0L, Long.class)
                .reduce(Long::max, Long.class)
                .map(number -> Long.toString(number))
                .sinkTo(results.sink(Serializers.STRING));
        JobClient job = env.executeAsync("in a row");
        await().until(() -> job.status() == JobStatus.RUNNING);
        HandOverReport report = job.switchBackend("rocksdb").join();
        assertThat(report.subtasks().stream().map(HandOverReport.Subtask::subtask))
                .containsExactlyInAnyOrder(0, 1, 0, 1, 0, 1);
        pace.hurry();
        job.await();
        assertThat(results.records()).hasSize(RECORDS);
    }

    /** Made by {@link BrokenFactory}. */
    private static final class Broken implements StateBackend {
        private final String how;

        Broken(String how) {
            this.how = how;
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Set<SnapshotKind> snapshotKinds() {
            return Set.of(SnapshotKind.FULL, SnapshotKind.CANONICAL);
        }

        @Override
        public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
            switch (how) {
                case "fails" -> throw new IOException("no such luck");
                case "fails in one subtask" -> {
                    if (request.keyGroups().first() > 0) {
                        throw new IllegalStateException("not this one");
                    }
                }
                case "has classes missing" -> throw new NoClassDefFoundError("org/gone/Gone");
                case "is empty" -> {
                    return new HashMapStateBackend()
                            .open(
                                    new KeyedBackendRequest<>(
                                            request.owner(),
                                            request.keySerializer(),
                                            request.keyGroups(),
                                            request.maxParallelism(),
                                            request.workDirectory(),
                                            request.memory(),
                                            List.of(),
                                            request.source()));
                }
                default -> {
                    try {
                        released.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            }
            return new HashMapStateBackend().open(request);
        }
    }

    private static volatile CountDownLatch released;

    /** A factory of the job's classes whose backends do not work. */
    public static final class BrokenFactory implements StateBackendFactory {
        static volatile String how;

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public StateBackend create(ReadableConfig config) {
            return new Broken(how);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fails, no such luck",
        "fails in one subtask, not this one",
        "has classes missing, org/gone/Gone",
        "is empty, does not hold what is to be handed over",
        "hangs, could take over within"
    })
    void keepsItsBackendIfTheNewOneIsUnfit(String how, String reason) {
        BrokenFactory.how = how;
        released = new CountDownLatch(1);
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("rocksdb", 2);
        Configuration impatient = new Configuration();
        impatient.set(
                JobOptions.HAND_OVER_TIMEOUT, Duration.ofSeconds(how.equals("hangs") ? 1 : 60));
        env.configure(impatient);
        everything(env, pace, results);
        JobClient job = env.executeAsync("steadfast");
        awaitRecords(job, 1_000);
        assertThatThrownBy(() -> job.switchBackend(BrokenFactory.class.getName()).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("JOB-6059")
                .hasMessageContaining("goes on with rocksdb")
                .hasMessageContaining(reason);
        assertThat(job.stateBackend()).startsWith("rocksdb");
        released.countDown();
        awaitRecords(job, 1_000);
        assertThat(job.switchBackend("hashmap").join().to()).startsWith("hashmap");
        pace.hurry();
        JobResult result = job.await();

        assertThat(result.metrics().restarts()).isZero();
        assertThat(results.records().stream().sorted().toList()).isEqualTo(undisturbed);
    }

    /** A factory of the job's classes whose backends are not ready at once to give files. */
    public static final class UnhurriedFactory implements StateBackendFactory {
        static final AtomicInteger ASKED = new AtomicInteger();
        static final int READY_AFTER = 6;

        @Override
        public String name() {
            return "unhurried";
        }

        @Override
        public StateBackend create(ReadableConfig config) {
            return new StateBackend() {
                @Override
                public String name() {
                    return "unhurried";
                }

                @Override
                public Set<SnapshotKind> snapshotKinds() {
                    return new HashMapStateBackend().snapshotKinds();
                }

                @Override
                @SuppressWarnings("unchecked") // a proxy for the interface of what it stands for
                public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request)
                        throws IOException {
                    KeyedStateBackend<K> opened = new HashMapStateBackend().open(request);
                    return (KeyedStateBackend<K>)
                            Proxy.newProxyInstance(
                                    getClass().getClassLoader(),
                                    new Class<?>[] {KeyedStateBackend.class},
                                    (proxy, method, arguments) ->
                                            method.getName().equals("prepareLocalFiles")
                                                    ? ASKED.incrementAndGet() >= READY_AFTER
                                                    : called(opened, method, arguments));
                }
            };
        }

        private static Object called(Object target, Method method, Object[] arguments)
                throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Test
    void aBackendThatMayGiveFilesPreparesWhileTheJobRuns() {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 2);
        everything(env, pace, results);
        JobClient job = env.executeAsync("unhurried");
        awaitRecords(job, 1_000);
        UnhurriedFactory.ASKED.set(0);
        job.switchBackend(UnhurriedFactory.class.getName()).join();
        assertThat(UnhurriedFactory.ASKED).as("of another name").hasValue(0);

        job.switchBackend(UnhurriedFactory.class.getName()).join();

        assertThat(UnhurriedFactory.ASKED)
                .as("until both subtasks are ready")
                .hasValueGreaterThanOrEqualTo(UnhurriedFactory.READY_AFTER + 1);
        pace.hurry();
        job.await();
        assertThat(results.records().stream().sorted().toList()).isEqualTo(undisturbed);
    }

    @Test
    void aWrongNameChangesNothing() {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 1);
        everything(env, pace, results);
        JobClient job = env.executeAsync("wrong name");
        awaitRecords(job, 1_000);
        assertThatThrownBy(() -> job.switchBackend("rocksdbb").join())
                .hasMessageContaining("rocksdbb")
                .hasMessageContaining("Did you mean 'rocksdb'?");
        assertThatThrownBy(() -> job.handOver().join()).hasMessageContaining("JOB-6061");
        pace.hurry();
        job.await();
        assertThat(results.records().stream().sorted().toList()).isEqualTo(undisturbed);
        assertThatThrownBy(() -> job.switchBackend("rocksdb").join())
                .hasMessageContaining("JOB-6057");
    }

    @Test
    void aJobThatIsCancelledMeanwhileEnds() {
        BrokenFactory.how = "waits";
        released = new CountDownLatch(1);
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 2);
        everything(env, pace, results);
        JobClient job = env.executeAsync("cancelled");
        awaitRecords(job, 1_000);
        var handOver = job.switchBackend(BrokenFactory.class.getName());
        job.cancel();
        assertThat(job.await().status()).isEqualTo(JobStatus.CANCELED);
        assertThatThrownBy(handOver::join).isInstanceOf(CompletionException.class);
        released.countDown();
    }

    @Test
    void aJobWithoutKeyedStateHasNothingToHandOver() {
        CollectSink.Results<String> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("hashmap", 2);
        env.fromSource(pace.of(new GeneratorSource<>(i -> i, 20_000, 1)), "numbers")
                .map(number -> Long.toString(number))
                .sinkTo(results.sink(Serializers.STRING));
        JobClient job = env.executeAsync("no state");
        awaitRecords(job, 1_000);
        assertThat(job.switchBackend("rocksdb").join().subtasks()).isEmpty();
        pace.hurry();
        job.await();
        assertThat(results.records().stream().collect(Collectors.toSet())).hasSize(20_000);
    }
}
