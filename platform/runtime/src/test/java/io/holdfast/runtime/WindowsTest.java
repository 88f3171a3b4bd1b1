package io.holdfast.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.process.ProcessWindowFunction;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.api.window.EventTimeWindows;
import io.holdfast.api.window.TimeWindow;
import io.holdfast.api.window.WindowAssigner;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.CollectionSource;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.metrics.JobMetrics;
import io.holdfast.runtime.metrics.OperatorMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows give what a simple computation over all records gives, whatever the order they come. */
final class WindowsTest {
    private static final long DISORDER = 50;

    record Event(String key, long time, long value) {}

    record Sum(String key, long start, long end, long sum, long count) {}

    record Accumulator(long sum, long count) {}

    private static final class Summing
            implements AggregateFunction<Event, Accumulator, Accumulator> {
        @Override
        public Accumulator createAccumulator() {
            return new Accumulator(0, 0);
        }

        @Override
        public Accumulator add(Event value, Accumulator accumulator) {
            return new Accumulator(accumulator.sum() + value.value(), accumulator.count() + 1);
        }

        @Override
        public Accumulator getResult(Accumulator accumulator) {
            return accumulator;
        }

        @Override
        public Accumulator merge(Accumulator first, Accumulator second) {
            return new Accumulator(first.sum() + second.sum(), first.count() + second.count());
        }
    }

    private static final class Results
            extends ProcessWindowFunction<Accumulator, Sum, String, TimeWindow> {
        @Override
        public void process(
                String key,
                Context<TimeWindow> context,
                Iterable<Accumulator> elements,
                Collector<Sum> out) {
            Accumulator only = elements.iterator().next();
            TimeWindow window = context.window();
            out.collect(new Sum(key, window.start(), window.end(), only.sum(), only.count()));
        }
    }

    private static final class Gathering
            extends ProcessWindowFunction<Event, Sum, String, TimeWindow> {
        @Override
        public void process(
                String key,
                Context<TimeWindow> context,
                Iterable<Event> elements,
                Collector<Sum> out) {
            long sum = 0;
            long count = 0;
            for (Event event : elements) {
                sum += event.value();
                count++;
            }
            TimeWindow window = context.window();
            out.collect(new Sum(key, window.start(), window.end(), sum, count));
        }
    }

    /** Event i, at most {@link #DISORDER} out of order within its split. */
    private static List<Event> events(SplittableRandom random, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long time = 1_000 + i * 3L + random.nextLong(DISORDER);
            events.add(new Event("k" + random.nextInt(7), time, random.nextInt(100)));
        }
        return events;
    }

    private static List<Sum> expected(List<Event> events, WindowAssigner<TimeWindow> assigner) {
        Map<String, Map<TimeWindow, List<Event>>> windows = new HashMap<>();
        for (Event event : events) {
            for (TimeWindow window : assigner.assign(event.time())) {
                windows.computeIfAbsent(event.key(), key -> new HashMap<>())
                        .computeIfAbsent(window, key -> new ArrayList<>())
                        .add(event);
            }
        }
        List<Sum> sums = new ArrayList<>();
        windows.forEach(
                (key, byWindow) -> {
                    List<Map.Entry<TimeWindow, List<Event>>> merged = new ArrayList<>();
                    byWindow.entrySet().stream()
                            .sorted(Comparator.comparing(Map.Entry::getKey))
                            .forEach(entry -> mergeInto(merged, entry, assigner));
                    for (Map.Entry<TimeWindow, List<Event>> entry : merged) {
                        long sum = entry.getValue().stream().mapToLong(Event::value).sum();
                        sums.add(
                                new Sum(
                                        key,
                                        entry.getKey().start(),
                                        entry.getKey().end(),
                                        sum,
                                        entry.getValue().size()));
                    }
                });
        return sums;
    }

    private static void mergeInto(
            List<Map.Entry<TimeWindow, List<Event>>> merged,
            Map.Entry<TimeWindow, List<Event>> next,
            WindowAssigner<TimeWindow> assigner) {
        if (assigner instanceof WindowAssigner.Merging<TimeWindow> merging && !merged.isEmpty()) {
            Map.Entry<TimeWindow, List<Event>> last = merged.get(merged.size() - 1);
            if (merging.meet(last.getKey(), next.getKey())) {
                List<Event> all = new ArrayList<>(last.getValue());
                all.addAll(next.getValue());
                merged.set(
                        merged.size() - 1,
                        Map.entry(merging.merge(last.getKey(), next.getKey()), all));
                return;
            }
        }
        merged.add(next);
    }

    static List<WindowAssigner<TimeWindow>> assigners() {
        return List.of(
                EventTimeWindows.tumbling(Duration.ofMillis(100)),
                EventTimeWindows.sliding(Duration.ofMillis(100), Duration.ofMillis(30)),
                EventTimeWindows.session(Duration.ofMillis(25)));
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aggregateGivesWhatACountOverAllRecordsGives(String backend) {
        List<Event> events = events(Jobs.random(), 3_000);
        for (WindowAssigner<TimeWindow> assigner : assigners()) {
            for (int parallelism : new int[] {1, 2, 4}) {
                StreamExecutionEnvironment env = Jobs.on(backend, parallelism);
                CollectSink.Results<Sum> results = new CollectSink.Results<>();

                env.fromSource(
                                new GeneratorSource<>(i -> events.get((int) i), events.size(), 3),
                                WatermarkStrategy.outOfOrder(
                                        Duration.ofMillis(DISORDER), Event::time),
                                "events")
                        .keyBy(Event::key, String.class)
                        .window(assigner)
                        .aggregate(new Summing(), Accumulator.class, Results::new)
                        .sinkTo(results.sink(Serializers.forClass(Sum.class)));
                env.execute("windows");

                assertThat(results.records())
                        .as("%s with parallelism %d", assigner, parallelism)
                        .containsExactlyInAnyOrderElementsOf(expected(events, assigner));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void gatheredElementsAreThoseOfTheWindow(String backend) {
        List<Event> events = events(Jobs.random(), 1_000);
        for (WindowAssigner<TimeWindow> assigner : assigners()) {
            StreamExecutionEnvironment env = Jobs.on(backend, 2);
            CollectSink.Results<Sum> results = new CollectSink.Results<>();

            env.fromSource(
                            new CollectionSource<>(events),
                            WatermarkStrategy.outOfOrder(Duration.ofMillis(DISORDER), Event::time),
                            "events")
                    .keyBy(Event::key, String.class)
                    .window(assigner)
                    .process(Event.class, Gathering::new)
                    .sinkTo(results.sink(Serializers.forClass(Sum.class)));
            env.execute("windows");

            assertThat(results.records())
                    .as("%s", assigner)
                    .containsExactlyInAnyOrderElementsOf(expected(events, assigner));
        }
    }

    private static Event at(long time) {
        return new Event("k", time, 1);
    }

    private static final OutputTag<Event> LATE = new OutputTag<>("late");

    private static List<Sum> withLateness(
            String backend,
            List<Event> events,
            WindowAssigner<TimeWindow> assigner,
            Duration lateness,
            CollectSink.Results<Event> late) {
        StreamExecutionEnvironment env = Jobs.on(backend, 1);
        CollectSink.Results<Sum> results = new CollectSink.Results<>();
        DataStream<Sum> sums =
                env.fromCollection(events)
                        .assignTimestampsAndWatermarks(WatermarkStrategy.ascending(Event::time))
                        .keyBy(Event::key, String.class)
                        .window(assigner)
                        .allowedLateness(lateness)
                        .sideOutputLateData(LATE)
                        .aggregate(new Summing(), Accumulator.class, Results::new);
        sums.sinkTo(results.sink(Serializers.forClass(Sum.class)));
        sums.getSideOutput(LATE).sinkTo(late.sink(Serializers.forClass(Event.class)));
        env.execute("lateness");
        return results.records();
    }

    /** The watermark follows each 256th record, so that many records carry it forward. */
    private static List<Event> padded(Event... events) {
        List<Event> padded = new ArrayList<>();
        for (Event event : events) {
            padded.add(event);
            for (int i = 1; i < 256; i++) {
                padded.add(new Event("padding", event.time(), 0));
            }
        }
        return padded;
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aLateRecordWithinTheAllowedLatenessGivesANewResult(String backend) {
        CollectSink.Results<Event> late = new CollectSink.Results<>();
        List<Sum> results =
                withLateness(
                        backend,
                        padded(at(5), at(15), at(7), at(40), at(8)),
                        EventTimeWindows.tumbling(Duration.ofMillis(10)),
                        Duration.ofMillis(20),
                        late);

        assertThat(results)
                .filteredOn(sum -> sum.key().equals("k") && sum.start() == 0)
                .containsExactlyInAnyOrder(new Sum("k", 0, 10, 1, 1), new Sum("k", 0, 10, 2, 2));
        assertThat(late.records())
                .filteredOn(event -> event.key().equals("k"))
                .containsExactly(at(8));
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aLateRecordMergesSessionsThatHaveFired(String backend) {
        CollectSink.Results<Event> late = new CollectSink.Results<>();
        List<Sum> results =
                withLateness(
                        backend,
                        padded(at(0), at(18), at(40), at(9), at(200), at(5)),
                        EventTimeWindows.session(Duration.ofMillis(10)),
                        Duration.ofMillis(100),
                        late);

        assertThat(results)
                .filteredOn(sum -> sum.key().equals("k"))
                .containsExactlyInAnyOrder(
                        new Sum("k", 0, 10, 1, 1),
                        new Sum("k", 18, 28, 1, 1),
                        new Sum("k", 0, 28, 3, 3),
                        new Sum("k", 40, 50, 1, 1),
                        new Sum("k", 200, 210, 1, 1));
        assertThat(late.records())
                .filteredOn(event -> event.key().equals("k"))
                .containsExactly(at(5));
    }

    private static long countedLate(
            String backend, List<Event> events, WindowAssigner<TimeWindow> assigner) {
        StreamExecutionEnvironment env = Jobs.on(backend, 1);
        env.fromCollection(events)
                .assignTimestampsAndWatermarks(WatermarkStrategy.ascending(Event::time))
                .keyBy(Event::key, String.class)
                .window(assigner)
                .aggregate(new Summing(), Accumulator.class, Results::new)
                .name("sums")
                .sinkTo(new CollectSink.Results<Sum>().sink(Serializers.forClass(Sum.class)));
        JobMetrics metrics = env.execute("lateness").metrics();
        assertThat(metrics.operators())
                .filteredOn(operator -> operator.recordsLate() > 0)
                .extracting(OperatorMetrics::name)
                .containsExactly("sums");
        return metrics.lateRecords();
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void lateRecordsThatNobodyTakesAreCounted(String backend) {
        List<Event> events = padded(at(5), at(15), at(7), at(40), at(8));
        for (WindowAssigner<TimeWindow> assigner :
                List.of(
                        EventTimeWindows.tumbling(Duration.ofMillis(10)),
                        EventTimeWindows.session(Duration.ofMillis(2)))) {
            CollectSink.Results<Event> late = new CollectSink.Results<>();
            withLateness(backend, events, assigner, Duration.ZERO, late);

            assertThat(late.records()).as("%s", assigner).contains(at(7), at(8));
            assertThat(countedLate(backend, events, assigner))
                    .as("%s", assigner)
                    .isEqualTo(late.records().size());
        }
    }

    @ParameterizedTest
    @MethodSource("io.holdfast.runtime.Jobs#backends")
    void aRecordWithoutTimeIsRefusedWithAdvice(String backend) {
        StreamExecutionEnvironment env = Jobs.on(backend, 1);
        env.fromCollection(List.of(at(1)))
                .keyBy(Event::key, String.class)
                .window(EventTimeWindows.tumbling(Duration.ofMillis(10)))
                .reduce((first, second) -> first, Event.class)
                .print();

        assertThatThrownBy(() -> env.execute("no time"))
                .isInstanceOf(HoldfastException.class)
                .hasMessageContaining("JOB-6013")
                .hasMessageContaining("assignTimestampsAndWatermarks");
    }
}
