package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.CheckpointedFunction;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.ProcessFunction;
import io.holdfast.api.process.RawKeyedStateInput;
import io.holdfast.api.process.RawKeyedStateOutput;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.storage.filesystem.FileSystemCheckpointStorage;
import io.holdfast.testkit.filesystem.FaultyFileSystem;
import io.holdfast.testkit.filesystem.FaultyFileSystem.Fault;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions that keep bytes of their own by key group, in jobs that fail, stop and go on. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RawKeyedStreamsTest {
    private static final int RECORDS = 12_000;
    private static final int KEYS = 61;
    private static final int SPLITS = 4;
    private static final int GROUPS = 16;
    private static final int RAW_MAGIC = 0x48464B52;

    @TempDir private Path directory;

    record Numbered(long key, long number) {}

    /** Counts the records of each key in a map on the heap, and keeps the map as raw state. */
    private static class Tally extends KeyedProcessFunction<Long, Long, Numbered>
            implements CheckpointedFunction {
        private final Map<Long, Long> counts = new HashMap<>();
        private final Map<Long, Long> restored;

        Tally() {
            this(new ConcurrentHashMap<>());
        }

        /**
         * A function.
         *
         * @param restored takes what is restored in all subtasks
         */
        Tally(Map<Long, Long> restored) {
            this.restored = restored;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            int before = -1;
            for (RawKeyedStateInput in : context.rawKeyedStateInputs()) {
                assertThat(context.isRestored()).isTrue();
                assertThat(in.keyGroup()).isGreaterThan(before);
                before = in.keyGroup();
                DataInputStream data = new DataInputStream(in);
                for (int i = data.readInt(); i > 0; i--) {
                    long key = data.readLong();
                    assertThat(KeyGroupRange.keyGroup(key, GROUPS)).isEqualTo(in.keyGroup());
                    counts.put(key, data.readLong());
                }
                assertThat(in.read()).as("bytes behind the last").isEqualTo(-1);
            }
            restored.putAll(counts);
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            RawKeyedStateOutput out = context.rawKeyedStateOutput();
            Map<Integer, Map<Long, Long>> groups = new TreeMap<>();
            counts.forEach(
                    (key, count) ->
                            groups.computeIfAbsent(out.keyGroupOf(key), none -> new TreeMap<>())
                                    .put(key, count));
            for (var group : groups.entrySet()) {
                out.startKeyGroup(group.getKey());
                DataOutputStream data = new DataOutputStream(out);
                data.writeInt(group.getValue().size());
                for (var count : group.getValue().entrySet()) {
                    data.writeLong(count.getKey());
                    data.writeLong(count.getValue());
                }
            }
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<Numbered> out) {
            count(context.currentKey(), out);
        }

        final void count(long key, Collector<Numbered> out) {
            out.collect(new Numbered(key, counts.merge(key, 1L, Long::sum)));
        }
    }

    private StreamExecutionEnvironment environment(String backend, int parallelism) {
        return environment(
                backend, parallelism, new FileSystemCheckpointStorage(directory.toUri(), 0));
    }

    private static StreamExecutionEnvironment environment(
            String backend, int parallelism, CheckpointStorage storage) {
        StreamExecutionEnvironment env =
                Jobs.checkpointed(backend, parallelism, new MemoryStorage());
        env.getCheckpointConfig().setCheckpointStorage(storage);
        env.setMaxParallelism(GROUPS);
        return env;
    }

    private static JobClient start(
            StreamExecutionEnvironment env,
            double rate,
            FailingAt.Plan plan,
            Supplier<? extends KeyedProcessFunction<Long, Long, Numbered>> function,
            CollectSink.Results<Numbered> results) {
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, RECORDS, SPLITS), rate / SPLITS),
                        WatermarkStrategy.ascending(Long::longValue),
                        "numbers")
                .uid("numbers")
                .process(() -> new FailingAt<>(plan))
                .uid("failing")
                .keyBy(number -> number % KEYS, Long.class)
                .process(function::get)
                .name("tally")
                .uid("tally")
                .sinkTo(results.sink(Serializers.forClass(Numbered.class)))
                .uid("results");
        return env.executeAsync("raw keyed state");
    }

    private static FailingAt.Plan noFailures() {
        return new FailingAt.Plan(Set.of());
    }

    private static FailingAt.Plan failures() {
        return new FailingAt.Plan(Set.of(RECORDS / 4L, RECORDS / 2L, RECORDS * 3L / 4));
    }

    private static void awaitEvents(JobClient job, long events) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> job.status() == JobStatus.RUNNING && job.metrics().events() > events);
    }

    private static StreamExecutionEnvironment from(
            StreamExecutionEnvironment env, String savepoint) {
        return env.configure(
                new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
    }

    private String savepoints() {
        return directory.resolve("savepoints").toUri().toString();
    }

    private static void assertComplete(CollectSink.Results<Numbered> results) {
        assertThat(results.records())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, RECORDS)
                                .mapToObj(i -> new Numbered(i % KEYS, i / KEYS + 1))
                                .toList());
    }

    private static Map<Long, Long> highest(CollectSink.Results<Numbered> results) {
        Map<Long, Long> counts = new HashMap<>();
        results.records().forEach(each -> counts.merge(each.key(), each.number(), Math::max));
        return counts;
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void everyRecordCountsOnceOverFailures(String backend) {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        Map<Long, Long> restored = new ConcurrentHashMap<>();
        JobResult result =
                start(
                                environment(backend, 2),
                                4_000,
                                failures(),
                                () -> new Tally(restored),
                                results)
                        .await();

        assertThat(result.metrics().restarts()).isEqualTo(3);
        assertThat(restored).isNotEmpty();
        assertComplete(results);
    }

    @Test
    void aSavepointGivesTheBytesToOtherParallelismsAndBackends() {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        int[] parallelisms = {1, 3, 2};
        String[] backends = {"hashmap", "rocksdb", "hashmap"};
        String savepoint = null;
        for (int i = 0; i < parallelisms.length; i++) {
            StreamExecutionEnvironment env = environment(backends[i], parallelisms[i]);
            if (savepoint != null) {
                from(env, savepoint);
            }
            Map<Long, Long> before = highest(results);
            Map<Long, Long> restored = new ConcurrentHashMap<>();
            boolean last = i == parallelisms.length - 1;
            JobClient job =
                    start(
                            env,
                            last ? 1e9 : 2_000,
                            noFailures(),
                            () -> new Tally(restored),
                            results);
            if (!last) {
                awaitEvents(job, 1_000);
                savepoint = job.stopWithSavepoint(savepoints(), false).join();
            }
            job.await();
            assertThat(restored).isEqualTo(before);
            assertThat(before.isEmpty()).isEqualTo(i == 0);
        }
        assertComplete(results);
    }

    /** Asks for nothing that the job before it kept. */
    private static final class Forgetful extends KeyedProcessFunction<Long, Long, Numbered> {
        @Override
        public void processElement(Long value, Context<Long> context, Collector<Numbered> out) {}
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void whatAJobDoesNotAskForIsKeptForOneThatDoes(String backend) {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient first = start(environment(backend, 2), 2_000, noFailures(), Tally::new, results);
        awaitEvents(first, 1_000);
        String savepoint = first.stopWithSavepoint(savepoints(), false).join();
        first.await();
        Map<Long, Long> counted = highest(results);

        FailingAt.Plan failing = new FailingAt.Plan(Set.of(500L));
        JobClient second =
                start(
                        from(environment(backend, 3), savepoint),
                        2_000,
                        failing,
                        Forgetful::new,
                        results);
        await().until(() -> second.metrics().restarts() == 1);
        awaitEvents(second, 100);
        savepoint = second.stopWithSavepoint(savepoints(), false).join();
        second.await();

        Map<Long, Long> restored = new ConcurrentHashMap<>();
        start(
                        from(environment(backend, 1), savepoint),
                        1e9,
                        noFailures(),
                        () -> new Tally(restored),
                        results)
                .await();
        assertThat(restored).isEqualTo(counted).isNotEmpty();
    }

    /** Writes a part of its bytes and fails, every other time. */
    private static final class Breaking extends Tally {
        private final AtomicInteger broken;
        private int snapshots;

        Breaking(AtomicInteger broken) {
            this.broken = broken;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) throws Exception {
            if (snapshots++ % 2 == 0) {
                context.rawKeyedStateOutput()
                        .startKeyGroup(context.rawKeyedStateOutput().firstKeyGroup());
                context.rawKeyedStateOutput().write(new byte[1_000]);
                broken.incrementAndGet();
                throw new IllegalStateException("as planned");
            }
            super.snapshotState(context);
        }
    }

    @Test
    void aWriterThatThrowsLeavesNothingBehind() {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        AtomicInteger broken = new AtomicInteger();
        JobResult result =
                start(
                                environment("hashmap", 1),
                                4_000,
                                failures(),
                                () -> new Breaking(broken),
                                results)
                        .await();

        // A checkpoint at the end of the input that fails makes the job start again as well.
        assertThat(result.metrics().restarts()).isGreaterThanOrEqualTo(3);
        assertThat(result.metrics().checkpoints().completed()).isPositive();
        assertThat(broken).hasValueGreaterThan(3);
        assertComplete(results);
    }

    @Test
    void checkpointsThatFailWhileTheyAreWrittenChangeNothing() throws Exception {
        SplittableRandom random = Jobs.random();
        Map<URI, FaultyFileSystem> disks = new ConcurrentHashMap<>();
        CheckpointStorage real = new FileSystemCheckpointStorage(directory.toUri(), 0);
        CheckpointStorage spoiled =
                new CheckpointStorage() {
                    @Override
                    public String name() {
                        return real.name();
                    }

                    @Override
                    public Optional<URI> directory() {
                        return real.directory();
                    }

                    @Override
                    public CheckpointStore open(String jobId, FileSystems fileSystems)
                            throws IOException {
                        return real.open(
                                jobId,
                                path ->
                                        disks.computeIfAbsent(
                                                directory.toUri(),
                                                any ->
                                                        new FaultyFileSystem(
                                                                fileSystems.forPath(path))));
                    }
                };
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient first =
                start(environment("hashmap", 2, spoiled), 2_000, noFailures(), Tally::new, results);
        awaitEvents(first, 200);
        FaultyFileSystem disk = disks.get(directory.toUri());
        int injected = 0;
        while (first.metrics().events() < RECORDS / 3) {
            disk.arm(Fault.FAILS_ONCE, 1 + random.nextInt(20));
            await().until(() -> disk.injected() > 0);
            injected += disk.injected();
        }
        disk.disarm();
        String savepoint = first.stopWithSavepoint(savepoints(), false).join();
        first.await();
        start(from(environment("hashmap", 3), savepoint), 1e9, noFailures(), Tally::new, results)
                .await();

        assertThat(injected).isGreaterThan(3);
        assertThat(first.metrics().restarts()).isZero();
        assertThat(first.metrics().checkpoints().failed()).isPositive();
        assertComplete(results);
    }

    /** Counts when timers fire, and counts them in keyed state as well. */
    private static final class TimedTally extends Tally {
        private ValueState<Long> fired;

        @Override
        public void open() {
            fired = getRuntimeContext().getState(new ValueStateDescriptor<>("fired", Long.class));
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<Numbered> out) {
            context.timerService().registerEventTimeTimer(value + KEYS * 5L);
        }

        @Override
        public void onTimer(long time, OnTimerContext<Long> context, Collector<Numbered> out)
                throws Exception {
            fired.update(fired.value() == null ? 1 : fired.value() + 1);
            count(context.currentKey(), number -> compare(number, out));
        }

        private void compare(Numbered number, Collector<Numbered> out) {
            assertThat(fired.value()).isEqualTo(number.number());
            out.collect(number);
        }
    }

    /** Flink writes such timers as raw keyed state, and cannot store both. */
    @Test
    void timersOnTheHeapOfRocksDbAreNoObstacle() {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = environment("rocksdb", 2);
        env.configure(
                new Configuration()
                        .setString("state.backend.rocksdb.timer-service.factory", "HEAP"));
        JobResult result = start(env, 4_000, failures(), TimedTally::new, results).await();

        assertThat(result.metrics().restarts()).isEqualTo(3);
        assertComplete(results);
    }

    @Test
    void aHandOverToAnotherBackendLeavesTheFunctionsBytesAlone() {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient job =
                start(
                        environment("hashmap", 2),
                        2_500,
                        new FailingAt.Plan(Set.of(RECORDS * 3L / 4)),
                        TimedTally::new,
                        results);
        awaitEvents(job, 1_000);
        job.switchBackend("rocksdb").join();
        JobResult result = job.await();

        assertThat(result.metrics().restarts()).isEqualTo(1);
        assertComplete(results);
    }

    @Test
    void damageIsFoundBeforeAFunctionSeesIt() throws Exception {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient job = start(environment("hashmap", 2), 2_000, noFailures(), Tally::new, results);
        awaitEvents(job, 1_000);
        String savepoint = job.stopWithSavepoint(savepoints(), false).join();
        job.await();
        Path file = rawFiles(Path.of(URI.create(savepoint))).get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
        Map<Long, Long> restored = new ConcurrentHashMap<>();
        StreamExecutionEnvironment again = from(environment("hashmap", 2), savepoint);

        assertThatThrownBy(
                        () ->
                                start(again, 1e9, noFailures(), () -> new Tally(restored), results)
                                        .await())
                .hasMessageContaining("SNAPSHOT-4201")
                .hasMessageContaining(file.getFileName().toString());
        assertThat(restored).isEmpty();
    }

    private static List<Path> rawFiles(Path savepoint) throws IOException {
        try (Stream<Path> files = Files.list(savepoint)) {
            return files.filter(RawKeyedStreamsTest::isRaw).toList();
        }
    }

    private static boolean isRaw(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            return bytes.length > 4 && ByteBuffer.wrap(bytes).getInt() == RAW_MAGIC;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Has no keys, and asks all the same. */
    private static final class Keyless extends ProcessFunction<Long, Long>
            implements CheckpointedFunction {
        @Override
        public void initializeState(FunctionInitializationContext context) {
            context.rawKeyedStateInputs();
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}

        @Override
        public void processElement(Long value, Context context, Collector<Long> out) {
            out.collect(value);
        }
    }

    @Test
    void aFunctionWithoutKeysIsRefusedAtTheStart() {
        StreamExecutionEnvironment env = environment("hashmap", 1);
        env.fromSource(new GeneratorSource<>(i -> i, RECORDS, 1), "numbers")
                .process(Keyless::new)
                .name("keyless")
                .sinkTo(new CollectSink.Results<Long>().sink(Serializers.LONG));

        assertThatThrownBy(() -> env.execute("keyless"))
                .hasMessageContaining("STATE-3026")
                .hasMessageContaining("'keyless'")
                .hasMessageContaining("keyBy");
    }

    /** Writes without having read. */
    private static final class Overwriting extends KeyedProcessFunction<Long, Long, Numbered>
            implements CheckpointedFunction {
        @Override
        public void initializeState(FunctionInitializationContext context) {}

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            RawKeyedStateOutput out = context.rawKeyedStateOutput();
            out.startKeyGroup(out.firstKeyGroup());
        }

        @Override
        public void processElement(Long value, Context<Long> context, Collector<Numbered> out) {}
    }

    @Test
    void whatWasNotReadIsNotOverwritten() {
        CollectSink.Results<Numbered> results = new CollectSink.Results<>();
        JobClient first =
                start(environment("hashmap", 2), 2_000, noFailures(), Tally::new, results);
        awaitEvents(first, 1_000);
        String savepoint = first.stopWithSavepoint(savepoints(), false).join();
        first.await();
        JobClient second =
                start(
                        from(environment("hashmap", 2), savepoint),
                        2_000,
                        noFailures(),
                        Overwriting::new,
                        results);
        awaitEvents(second, 100);

        assertThatThrownBy(() -> second.triggerSavepoint(savepoints()).join())
                .hasStackTraceContaining("STATE-3031")
                .hasStackTraceContaining("'tally'");
        second.cancel();
        second.await();
    }
}
