package io.holdfast.itests.sample;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.CheckpointedFunction;
import io.holdfast.api.process.FunctionInitializationContext;
import io.holdfast.api.process.FunctionSnapshotContext;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.ProcessFunction;
import io.holdfast.api.process.RuntimeContext;
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
import io.holdfast.examples.ResultDigest;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.LocalPlatform;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.CollectSink;
import io.holdfast.runtime.connector.GeneratorSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A job with every kind of keyed state and with timers, which something happens to in the middle.
 * Its result depends on nothing but its input.
 */
final class EveryKindJob {
    private static final long RECORDS = 12_000;
    private static final int KEYS = 200;

    private final CollectSink.Results<String> results = new CollectSink.Results<>();
    private final StreamExecutionEnvironment env;
    private final Plan plan;

    private EveryKindJob(ModuleRegistry modules, String backend, String directory, Plan plan) {
        this.plan = plan;
        Configuration settings = new Configuration();
        settings.setString("state.backend.type", backend);
        settings.setString("execution.checkpointing.storage", "filesystem");
        settings.setString("execution.checkpointing.dir", directory);
        settings.setString("execution.checkpointing.interval", "20 ms");
        settings.setString("restart-strategy.type", "fixed-delay");
        settings.setString("restart-strategy.fixed-delay.delay", "1 ms");
        env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                                LocalPlatform.open(modules, List.of()))
                        .configure(settings)
                        .setParallelism(2);
        env.fromSource(
                        new GeneratorSource<>(plan::paced, RECORDS, 2),
                        WatermarkStrategy.<Long>ascending(number -> number),
                        "numbers")
                .process(() -> new FailingOnce(plan))
                .keyBy(number -> (int) (number % KEYS), Integer.class)
                .process(EveryKind::new)
                .sinkTo(results.sink(Serializers.STRING));
    }

    /** Runs it on a backend; it fails once and goes on from a checkpoint. Gives its result. */
    static ResultDigest failing(ModuleRegistry modules, String backend, String directory) {
        Plan plan = new Plan(true);
        EveryKindJob job = new EveryKindJob(modules, backend, directory, plan);
        job.env.execute("every kind of state on " + backend);
        if (!plan.over.get() || !plan.restored.get()) {
            throw new AssertionError(
                    "failed: %s, restored: %s".formatted(plan.over, plan.restored));
        }
        return ResultDigest.of(job.results.records());
    }

    /** Runs it; goes from one backend to the next while it runs. Gives its result. */
    static ResultDigest switching(ModuleRegistry modules, String directory, String... backends) {
        EveryKindJob job = new EveryKindJob(modules, backends[0], directory, new Plan(false));
        JobClient client = job.env.executeAsync("every kind of state, handed over");
        for (int i = 1; i < backends.length; i++) {
            while (client.metrics().events() < RECORDS / 2 && !client.status().isTerminal()) {
                LockSupport.parkNanos(Plan.PAUSE_NANOS);
            }
            client.switchBackend(backends[i]).join();
        }
        job.plan.over.set(true);
        client.await();
        return ResultDigest.of(job.results.records());
    }

    /** What happens in the middle, and whether it came to that. */
    private static final class Plan {
        static final long PAUSE_NANOS = 2_000_000;
        private final boolean failing;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicBoolean restored = new AtomicBoolean();

        Plan(boolean failing) {
            this.failing = failing;
        }

        /** The number itself; from the middle on slowly, until what is to happen is over. */
        long paced(long number) {
            if (number > RECORDS / 2 && !over.get()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return number;
        }
    }

    /** Passes numbers on; fails once, when its second checkpoint says that the first is done. */
    private static final class FailingOnce extends ProcessFunction<Long, Long>
            implements CheckpointedFunction {
        private final Plan plan;
        private int snapshots;

        FailingOnce(Plan plan) {
            this.plan = plan;
        }

        @Override
        public void initializeState(FunctionInitializationContext context) {
            if (context.isRestored()) {
                plan.restored.set(true);
            }
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            snapshots++;
        }

        @Override
        public void processElement(Long number, Context context, Collector<Long> out) {
            if (plan.failing
                    && snapshots > 1
                    && number > RECORDS / 2
                    && plan.over.compareAndSet(false, true)) {
                throw new IllegalStateException("as planned, at " + number);
            }
            out.collect(number);
        }
    }

    /** Letters one behind the other. */
    private static final class Word implements AggregateFunction<Long, String, String> {
        @Override
        public String createAccumulator() {
            return "";
        }

        @Override
        public String add(Long number, String word) {
            return word + (char) ('a' + number / KEYS % 26);
        }

        @Override
        public String getResult(String word) {
            return word;
        }

        @Override
        public String merge(String first, String second) {
            return first + second;
        }
    }

    /** Keeps what it sees in every kind of state, and tells what there is at every record. */
    private static final class EveryKind extends KeyedProcessFunction<Integer, Long, String> {
        private static final int LONGEST = 20;

        private ValueState<Long> value;
        private ListState<Long> list;
        private MapState<Integer, Long> map;
        private ReducingState<Long> sum;
        private AggregatingState<Long, String> word;

        @Override
        public void open() {
            RuntimeContext context = getRuntimeContext();
            value = context.getState(new ValueStateDescriptor<>("value", Long.class));
            list = context.getListState(new ListStateDescriptor<>("list", Long.class));
            map = context.getMapState(new MapStateDescriptor<>("map", Integer.class, Long.class));
            sum =
                    context.getReducingState(
                            new ReducingStateDescriptor<>("sum", Long::sum, Long.class));
            word =
                    context.getAggregatingState(
                            new AggregatingStateDescriptor<>(
                                    "word", new Word(), Serializers.STRING));
        }

        @Override
        public void processElement(Long number, Context<Integer> context, Collector<String> out)
                throws Exception {
            Long before = value.value();
            value.update(number);
            list.add(number);
            map.put((int) (number / KEYS % 7), number);
            sum.add(number);
            word.add(number);
            context.timerService().registerEventTimeTimer(number + KEYS * 3L);
            StringBuilder line = new StringBuilder();
            line.append(context.currentKey()).append(": before ").append(before);
            list.get().forEach(each -> line.append(' ').append(each));
            long mapped = 0;
            for (long each : map.values()) {
                mapped += each;
            }
            line.append("; map ").append(mapped);
            line.append("; sum ").append(sum.get()).append("; word ").append(word.get());
            out.collect(line.toString());
            if (word.get().length() == LONGEST) {
                list.clear();
                map.remove(3);
                word.clear();
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext<Integer> context, Collector<String> out) {
            out.collect(context.currentKey() + ": timer of " + time);
        }
    }
}
