package io.holdfast.itests.faults;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.connector.Sink;
import io.holdfast.api.function.Collector;
import io.holdfast.api.process.KeyedProcessFunction;
import io.holdfast.api.process.RuntimeContext;
import io.holdfast.api.state.ValueState;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.runtime.metrics.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how long a running job stands still when it is handed over, by pair of backends and by
 * number of entries. Prints a table; asserts nothing.
 *
 * <p>The job counts numbers by key: one entry for each key, a long to a long, in two subtasks. It
 * fills its state, then changes entries at a steady rate, without order, while it is handed over
 * again and again. Two figures are given: the pause that the engine reports, which is that of the
 * slower subtask, and the longest time in which the job emitted nothing, which is what somebody
 * behind it sees and contains the alignment of the cut.
 *
 * <p>Arguments: a directory for checkpoints, how often to hand over, and numbers of entries.
 */
final class HandOverPauses {
    private static final double RATE = 5_000;
    private static final int SPLITS = 2;
    private static final int WARM_UP = 3;
    private static final long SCATTER = 0x9E3779B97F4A7C15L;
    private static final long POLL_NANOS = 200_000;
    private static final long BETWEEN_NANOS = 100_000_000;

    private final JobClient job;
    private final Gaps gaps = new Gaps();
    private final PacedSource.Pace pace;
    private final long entries;

    private HandOverPauses(Path directory, long entries) {
        this.entries = entries;
        pace = new PacedSource.Pace(RATE, entries, Long.MAX_VALUE, Long.MAX_VALUE);
        Configuration settings = new Configuration();
        settings.setString("state.backend.type", "rocksdb");
        settings.setString("execution.checkpointing.storage", "filesystem");
        settings.setString("execution.checkpointing.dir", directory.toUri().toString());
        settings.setString("execution.checkpointing.interval", "10 s");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings).setParallelism(2);
        env.fromSource(
                        new PacedSource<>(
                                new GeneratorSource<>(
                                        number -> key(number, entries), Long.MAX_VALUE, SPLITS),
                                pace),
                        "numbers")
                .keyBy(key -> key, Long.class)
                .process(Counter::new)
                .sinkTo(gaps::sink);
        job = env.executeAsync("pauses with " + entries + " entries");
    }

    /** All keys once, then any of them. */
    private static long key(long number, long entries) {
        return number < entries ? number : Math.floorMod((number * SCATTER) >>> 20, entries);
    }

    /** Counts. */
    private static final class Counter extends KeyedProcessFunction<Long, Long, Long> {
        private ValueState<Long> count;

        @Override
        public void open() {
            RuntimeContext context = getRuntimeContext();
            count = context.getState(new ValueStateDescriptor<>("count", Long.class));
        }

        @Override
        public void processElement(Long key, Context<Long> context, Collector<Long> out)
                throws Exception {
            Long before = count.value();
            count.update(before == null ? 1L : before + 1);
            out.collect(key);
        }
    }

    /** The longest time without a record, as seen behind the job, by subtask. */
    private static final class Gaps {
        private final AtomicLong longest = new AtomicLong();

        /** Forgets what was. */
        void reset() {
            longest.set(0);
        }

        Sink<Long> sink() {
            return new Sink<>() {
                private long last = System.nanoTime();

                @Override
                public void write(Long key) {
                    long now = System.nanoTime();
                    longest.accumulateAndGet(now - last, Math::max);
                    last = now;
                }
            };
        }
    }

    /** Figures of one pair of backends. */
    private static final class Figures {
        private final double[] pauses;
        private final double[] gaps;
        private int count;

        Figures(int number) {
            pauses = new double[number];
            gaps = new double[number];
        }

        void add(Duration pause, long gapNanos) {
            pauses[count] = pause.toNanos() / 1e6;
            gaps[count++] = gapNanos / 1e6;
        }

        @Override
        public String toString() {
            return "%4d | %s | %s".formatted(count, percentiles(pauses), percentiles(gaps));
        }

        private static String percentiles(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return "%8.1f %8.1f %8.1f %8.1f"
                    .formatted(
                            at(sorted, 0.5),
                            at(sorted, 0.9),
                            at(sorted, 0.99),
                            sorted[sorted.length - 1]);
        }

        private static double at(double[] sorted, double part) {
            return sorted[(int) Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
        }
    }

    /**
     * Measures.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        int times = Integer.parseInt(arguments[1]);
        System.out.printf(
                "Java %s, %d processors, heap %d MiB, %.0f records/s while handing over%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                RATE * SPLITS);
        System.out.println(
                "                                        |          pause reported [ms]        |       nothing emitted for [ms]");
        System.out.println(
                "   entries  from     to          MiB    n |      p50      p90      p99      max |      p50      p90      p99      max");
        for (String entries : Arrays.asList(arguments).subList(2, arguments.length)) {
            new HandOverPauses(directory.resolve(entries), Long.parseLong(entries)).measure(times);
        }
        System.exit(0);
    }

    private void measure(int times) throws InterruptedException {
        while (job.metrics().events() < entries + RATE || job.status() != JobStatus.RUNNING) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        measure("rocksdb", "rocksdb", times);
        measure("rocksdb", "hashmap", times);
        measure("hashmap", "hashmap", times);
        measure("hashmap", "rocksdb", times);
        job.cancel();
        job.await();
    }

    /** Hands over from one to the other; in between, back, which is not counted. */
    private void measure(String from, String to, int times) {
        Figures figures = new Figures(times);
        long bytes = 0;
        for (int i = -WARM_UP; i < times; i++) {
            if (!job.stateBackend().startsWith(from)) {
                job.switchBackend(from).join();
                flow();
            }
            gaps.reset();
            HandOverReport report = job.switchBackend(to).join();
            flow();
            if (i >= 0) {
                figures.add(report.pause(), gaps.longest.get());
                bytes = report.bytes();
            }
        }
        System.out.printf(
                "%10d  %-8s %-8s %6.1f %s%n", entries, from, to, bytes / 1048576.0, figures);
    }

    /** Lets the job run, until what waited meanwhile is done. */
    private void flow() {
        long enough = System.nanoTime() + BETWEEN_NANOS;
        long target = job.metrics().events() + (long) (RATE * SPLITS * BETWEEN_NANOS / 1e9);
        while (System.nanoTime() < enough || job.metrics().events() < target) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
