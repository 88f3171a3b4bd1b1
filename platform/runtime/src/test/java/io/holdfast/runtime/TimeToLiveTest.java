package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.BroadcastProcessFunction;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.api.state.MapState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.api.state.ReducingState;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.api.state.StateTtlConfig;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.backend.hashmap.HashMapStateBackend;
import io.holdfast.backend.rocksdb.EmbeddedRocksDBStateBackend;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.connector.RateLimitedSource;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.CloseableIterator;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.VoidNamespace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * State with a time to live in jobs that fail, stop, go on elsewhere, and change backends. The
 * functions keep beside it, for ever, what they stored and when, and compare at each record.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class TimeToLiveTest {
    private static final int RECORDS = 12_000;

    /** Event time in milliseconds, which is the number of the record. */
    private static final int TTL = 700;

    private static final StateTtlConfig EVENT_TIME =
            StateTtlConfig.newBuilder(Duration.ofMillis(TTL)).useEventTime().build();

    /** What a key's record did. */
    record Outcome(long number, boolean remembered, boolean seen) {}

    /** What was stored, as of which watermark, and whether it could expire. */
    record Written(long number, long watermark, boolean mortal) {}

    /** Half of the records are those of few keys, the others come back late. */
    private static long keyOf(long number) {
        return number % 2 == 0 ? number % 10 : 1_000 + number % 1_501;
    }

    /** Stores each record in every kind of state, and looks for what its key stored before. */
    private static final class Remembering extends KeyedProcessFunction<Long, Long, Outcome> {
        private final boolean mortal;
        private final boolean mortalBefore;
        private ValueState<Written> written;
        private ValueState<Long> value;
        private ListState<Long> list;
        private MapState<Long, Long> map;
        private ReducingState<Long> reducing;
        private long firstWatermark = Long.MIN_VALUE;

        /**
         * A function.
         *
         * @param mortal whether what it stores expires
         * @param mortalBefore whether that was so in an earlier run
         */
        Remembering(boolean mortal, boolean mortalBefore) {
            this.mortal = mortal;
            this.mortalBefore = mortalBefore;
        }

        @Override
        public void open() {
            var context = getRuntimeContext();
            written = context.getState(new ValueStateDescriptor<>("written", Written.class));
            var valueOf = new ValueStateDescriptor<>("value", Long.class);
            var listOf = new ListStateDescriptor<>("list", Long.class);
            var mapOf = new MapStateDescriptor<>("map", Long.class, Long.class);
            var last = new ReducingStateDescriptor<Long>("last", (a, b) -> b, Serializers.LONG);
            value = context.getState(mortal ? valueOf.withTimeToLive(EVENT_TIME) : valueOf);
            list = context.getListState(mortal ? listOf.withTimeToLive(EVENT_TIME) : listOf);
            map = context.getMapState(mortal ? mapOf.withTimeToLive(EVENT_TIME) : mapOf);
            reducing = context.getReducingState(mortal ? last.withTimeToLive(EVENT_TIME) : last);
        }

        @Override
        public void processElement(Long number, Context<Long> context, Collector<Outcome> out)
                throws Exception {
            long now = context.timerService().currentWatermark();
            firstWatermark = firstWatermark == Long.MIN_VALUE ? now : firstWatermark;
            List<Long> elements = new ArrayList<>();
            list.get().forEach(elements::add);
            Long seen = value.value();
            Written before = written.value();
            expect(before, now, seen);
            expect(before, now, elements.isEmpty() ? null : elements.get(0));
            expect(before, now, map.get(1L));
            expect(before, now, reducing.get());
            assertThat(elements).hasSizeLessThanOrEqualTo(1);
            assertThat(map.isEmpty()).isEqualTo(map.get(1L) == null);
            written.update(new Written(number, now, mortal));
            value.update(number);
            list.update(List.of(number));
            map.put(1L, number);
            reducing.clear();
            reducing.add(number);
            out.collect(new Outcome(number, before != null, seen != null));
        }

        private void expect(Written before, long now, Long seen) {
            if (seen == null) {
                assertThat(before == null || mayBeGone(before, now))
                        .as("%s is gone at %d", before, now)
                        .isTrue();
            } else {
                assertThat(seen).isEqualTo(before.number());
                assertThat(mayBeSeen(before, now)).as("%s at %d", before, now).isTrue();
            }
        }

        /** What could not expire so far begins to live when the job is restored. */
        private boolean mayBeSeen(Written before, long now) {
            if (!mortal || before.watermark() == Long.MIN_VALUE) {
                return true;
            }
            return now < (before.mortal() ? before.watermark() : firstWatermark) + TTL;
        }

        /** What has expired may come back when the time to live is taken away, or not. */
        private boolean mayBeGone(Written before, long now) {
            return (mortal || mortalBefore) && now >= before.watermark() + TTL;
        }
    }

    private static JobClient start(
            StreamExecutionEnvironment env,
            String from,
            double rate,
            Supplier<Remembering> function,
            FailingAt.Plan plan,
            CollectSink.Results<Outcome> results) {
        if (from != null) {
            env.configure(new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, from));
        }
        env.fromSource(
                        new RateLimitedSource<>(new GeneratorSource<>(i -> i, RECORDS, 4), rate),
                        WatermarkStrategy.ascending(Long::longValue),
                        "numbers")
                .uid("numbers")
                .process(() -> new FailingAt<>(plan))
                .uid("failing")
                .keyBy(TimeToLiveTest::keyOf, Long.class)
                .process(function)
                .uid("remembering")
                .sinkTo(results.sink(Serializers.forClass(Outcome.class)))
                .uid("results");
        return env.executeAsync("time to live");
    }

    private static Remembering alwaysMortal() {
        return new Remembering(true, true);
    }

    private static FailingAt.Plan noFailures() {
        return new FailingAt.Plan(Set.of());
    }

    private static void awaitEvents(JobClient job, long events) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> job.status() == JobStatus.RUNNING && job.metrics().events() > events);
    }

    private static void assertEachOnce(CollectSink.Results<Outcome> results) {
        assertThat(results.records().stream().map(Outcome::number))
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, RECORDS).boxed().toList());
    }

    private static void assertSomeSeenAndSomeGone(List<Outcome> outcomes) {
        assertThat(outcomes).anyMatch(each -> each.remembered() && each.seen());
        assertThat(outcomes).anyMatch(each -> each.remembered() && !each.seen());
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void whatHasExpiredByTheWatermarkIsNotSeenBeforeAndAfterFailures(String backend) {
        CollectSink.Results<Outcome> results = new CollectSink.Results<>();
        FailingAt.Plan plan = new FailingAt.Plan(Set.of(2_500L, 6_000L, 9_500L));
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, 2, new MemoryStorage());

        JobResult result =
                start(env, null, 3_000, TimeToLiveTest::alwaysMortal, plan, results).await();

        assertThat(result.metrics().restarts()).isEqualTo(3);
        assertEachOnce(results);
        assertSomeSeenAndSomeGone(results.records());
    }

    static Stream<Arguments> movements() {
        return Jobs.backends().stream()
                .flatMap(
                        first ->
                                Jobs.backends().stream()
                                        .map(second -> Arguments.of(first, second)));
    }

    @ParameterizedTest
    @MethodSource("movements")
    void aSavepointTakesTheTimesToAnotherBackend(String first, String second) {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<Outcome> results = new CollectSink.Results<>();
        JobClient job =
                start(
                        Jobs.checkpointed(first, 2, storage),
                        null,
                        1_500,
                        TimeToLiveTest::alwaysMortal,
                        noFailures(),
                        results);
        awaitEvents(job, 3_000);
        String savepoint = job.stopWithSavepoint("/savepoints", false).join();
        int before = results.records().size();

        start(
                        Jobs.checkpointed(second, 3, storage),
                        savepoint,
                        3_000,
                        TimeToLiveTest::alwaysMortal,
                        noFailures(),
                        results)
                .await();

        assertEachOnce(results);
        assertThat(before).isBetween(1, RECORDS - 1);
        assertSomeSeenAndSomeGone(results.records().subList(before, RECORDS));
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aTimeToLiveIsGivenToStateThatHasContentAndTakenAwayAgain(String backend) {
        MemoryStorage storage = new MemoryStorage();
        CollectSink.Results<Outcome> results = new CollectSink.Results<>();
        String savepoint = null;
        for (boolean mortal : new boolean[] {false, true}) {
            int before = results.records().size();
            JobClient job =
                    start(
                            Jobs.checkpointed(backend, 1, storage),
                            savepoint,
                            1_000,
                            () -> new Remembering(mortal, false),
                            noFailures(),
                            results);
            awaitEvents(job, 4_000);
            savepoint = job.stopWithSavepoint("/savepoints", false).join();
            List<Outcome> outcomes = results.records().subList(before, results.records().size());
            if (mortal) {
                assertSomeSeenAndSomeGone(outcomes);
            } else {
                assertThat(outcomes).allMatch(each -> each.remembered() == each.seen());
            }
        }
        int before = results.records().size();
        start(
                        Jobs.checkpointed(backend, 1, storage),
                        savepoint,
                        1e9,
                        () -> new Remembering(false, true),
                        noFailures(),
                        results)
                .await();

        assertEachOnce(results);
        assertThat(results.records().subList(before, RECORDS))
                .anyMatch(each -> each.remembered() && each.seen());
    }

    @Test
    void timesStayWhenTheBackendChangesWhileTheJobRuns() {
        CollectSink.Results<Outcome> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = Jobs.checkpointed("hashmap", 2, new MemoryStorage());
        JobClient job =
                start(env, null, 2_000, TimeToLiveTest::alwaysMortal, noFailures(), results);
        awaitEvents(job, 2_500);
        job.switchBackend("rocksdb").join();
        awaitEvents(job, 6_000);
        job.switchBackend("hashmap").join();

        assertThat(job.await().metrics().restarts()).isZero();
        assertEachOnce(results);
        assertSomeSeenAndSomeGone(results.records());
    }

    /** Compares with the clock of the machine, as of before and after each access. */
    private static final class ByTheMachinesClock
            extends KeyedProcessFunction<Long, Long, Outcome> {
        private static final int MILLIS = 150;

        private ValueState<Long> mortal;

        /** When the state was written at the earliest. */
        private ValueState<Long> earliest;

        /** When the state was written at the latest. */
        private ValueState<Long> latest;

        @Override
        public void open() {
            earliest =
                    getRuntimeContext()
                            .getState(new ValueStateDescriptor<>("earliest", Long.class));
            latest = getRuntimeContext().getState(new ValueStateDescriptor<>("latest", Long.class));
            mortal =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>("mortal", Long.class)
                                            .withTimeToLive(
                                                    StateTtlConfig.newBuilder(
                                                                    Duration.ofMillis(MILLIS))
                                                            .build()));
        }

        @Override
        public void processElement(Long number, Context<Long> context, Collector<Outcome> out) {
            long begin = context.timerService().currentProcessingTime();
            boolean seen = mortal.value() != null;
            long end = context.timerService().currentProcessingTime();
            boolean remembered = latest.value() != null;
            if (seen) {
                assertThat(begin).isLessThan(latest.value() + MILLIS);
            } else if (remembered) {
                assertThat(end).isGreaterThanOrEqualTo(earliest.value() + MILLIS);
            }
            earliest.update(context.timerService().currentProcessingTime());
            mortal.update(number);
            latest.update(context.timerService().currentProcessingTime());
            out.collect(new Outcome(number, remembered, seen));
        }
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void whatHasExpiredByTheMachinesClockIsNotSeen(String backend) {
        CollectSink.Results<Outcome> results = new CollectSink.Results<>();
        StreamExecutionEnvironment env = Jobs.checkpointed(backend, 2, new MemoryStorage());
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(i -> i, Long.MAX_VALUE, 2), 300),
                        "numbers")
                .keyBy(number -> number % 2 == 0 ? number % 10 : number % 401, Long.class)
                .process(ByTheMachinesClock::new)
                .sinkTo(results.sink(Serializers.forClass(Outcome.class)));
        JobClient job = env.executeAsync("processing time");

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertSomeSeenAndSomeGone(results.records()));
        job.cancel();
        assertThat(job.await().metrics().restarts()).isZero();
    }

    /** A backend that lets a function of its only subtask look into it. */
    private static final class Transparent implements StateBackend {
        private final StateBackend backend;
        private final AtomicInteger mostEntries = new AtomicInteger();
        private final AtomicInteger entries = new AtomicInteger();
        private volatile KeyedStateBackend<?> opened;

        Transparent(StateBackend backend) {
            this.backend = backend;
        }

        @Override
        public String name() {
            return backend.name();
        }

        @Override
        public Set<SnapshotKind> snapshotKinds() {
            return backend.snapshotKinds();
        }

        @Override
        public <K> KeyedStateBackend<K> open(KeyedBackendRequest<K> request) throws IOException {
            KeyedStateBackend<K> keyed = backend.open(request);
            opened = keyed;
            return keyed;
        }

        /** Called by the task. */
        void count(String state) {
            int count = 0;
            try (CloseableIterator<?> keys = opened.keys(state, VoidNamespace.INSTANCE)) {
                for (; keys.hasNext(); keys.next()) {
                    count++;
                }
            }
            entries.set(count);
            mostEntries.accumulateAndGet(count, Math::max);
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** Stores something once under each positive key, and counts at each record below. */
    private static final class Leaving extends KeyedProcessFunction<Long, Long, Long> {
        private final Transparent backend;
        private final StateTtlConfig config;
        private ValueState<String> value;

        Leaving(Transparent backend, StateTtlConfig config) {
            this.backend = backend;
            this.config = config;
        }

        @Override
        public void open() {
            value =
                    getRuntimeContext()
                            .getState(
                                    new ValueStateDescriptor<>("left", String.class)
                                            .withTimeToLive(config));
        }

        @Override
        public void processElement(Long number, Context<Long> context, Collector<Long> out) {
            if (number >= 0) {
                value.update("text");
            } else {
                backend.count("left");
            }
            out.collect(number);
        }
    }

    static Stream<Arguments> cleanUps() {
        StateTtlConfig.Builder ttl = StateTtlConfig.newBuilder(Duration.ofMillis(400));
        return Stream.<StateBackend>of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend())
                .flatMap(
                        backend ->
                                Stream.of(
                                        Arguments.of(
                                                new Transparent(backend),
                                                ttl.cleanupInBackground(8).build()),
                                        Arguments.of(
                                                new Transparent(backend),
                                                ttl.disableCleanupInBackground()
                                                        .cleanupIncrementally(50, true)
                                                        .build())));
    }

    @ParameterizedTest
    @MethodSource("cleanUps")
    void whatIsNeverTouchedAgainIsFreed(Transparent backend, StateTtlConfig config) {
        int keys = 2_000;
        StreamExecutionEnvironment env = Jobs.on("hashmap", 1).setStateBackend(backend);
        env.fromSource(
                        new RateLimitedSource<>(
                                new GeneratorSource<>(
                                        i -> i < keys ? i : i < 2 * keys ? -1 - i % 2 : -1,
                                        Long.MAX_VALUE,
                                        1),
                                4_000),
                        "numbers")
                .keyBy(number -> number, Long.class)
                .process(() -> new Leaving(backend, config))
                .sinkTo(new CollectSink.Results<Long>().sink(Serializers.LONG));
        JobClient job = env.executeAsync("freeing");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> backend.mostEntries.get() > 0 && backend.entries.get() == 0);
        job.cancel();
        assertThat(job.await().metrics().restarts()).isZero();
    }

    /** Asks for broadcast state with a time to live. */
    private static final class Ruled extends BroadcastProcessFunction<Long, Long, Long> {
        @Override
        public void processElement(Long value, ReadOnlyContext context, Collector<Long> out) {
            out.collect(value);
        }

        @Override
        public void processBroadcastElement(Long value, Context context, Collector<Long> out) {}
    }

    @Test
    void broadcastStateWithATimeToLiveIsRefused() {
        StreamExecutionEnvironment env = Jobs.on("hashmap", 1);
        env.fromCollection(List.of(1L))
                .connect(
                        env.fromCollection(List.of(2L))
                                .broadcast(
                                        new MapStateDescriptor<>("rules", Long.class, Long.class)
                                                .withTimeToLive(EVENT_TIME)))
                .process(Ruled::new)
                .print();

        assertThatThrownBy(() -> env.execute("mortal rules"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("STATE-3023")
                .hasMessageContaining("rules")
                .hasMessageContaining("keyed state");
    }
}
