package io.holdfast.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.fixture.Shrinker;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs random sequences of steps, each from a seed of its own, on all processors. The first
 * sequence that fails is shortened and told in words, with the seed that repeats it.
 *
 * <p>System properties: {@code test.seed} runs the one sequence of that seed, {@code
 * test.sequences} is the number of sequences, {@code test.steps} the length of each.
 */
public final class ModelTest {
    private static final int PATIENCE = 400;

    /** Often few, as each key group costs time. */
    private static final List<Integer> MAX_PARALLELISMS =
            List.of(12, 128, 1, 12, 3, 300, 12, 3, 129, 12, 3, 257, 12, 1);

    private final Supplier<StateBackend> backend;
    private final int sequences;
    private final int steps;
    private final LongSupplier firstSeed;

    /**
     * A test of one backend.
     *
     * @param backend makes the backend, once for each sequence; called by several threads
     * @param sequences number of sequences unless a property says otherwise
     */
    public ModelTest(Supplier<StateBackend> backend, int sequences) {
        this(backend, sequences, System::nanoTime);
    }

    /** A test whose sequences are the same each time, if the supplier says so. */
    ModelTest(Supplier<StateBackend> backend, int sequences, LongSupplier firstSeed) {
        this.backend = backend;
        this.firstSeed = firstSeed;
        this.sequences = Integer.getInteger("test.sequences", sequences);
        this.steps = Integer.getInteger("test.steps", 100);
    }

    /** Everything about a sequence, from its seed. */
    private record Sequence(
            long seed, Domain<?, ?> domain, int maxParallelism, Program program, List<Step> steps) {

        static Sequence of(long seed, int count) {
            SplittableRandom random = new SplittableRandom(seed);
            return new Sequence(
                    seed,
                    Domain.ALL.get(random.nextInt(Domain.ALL.size())),
                    MAX_PARALLELISMS.get(random.nextInt(MAX_PARALLELISMS.size())),
                    Program.random(random),
                    Step.random(random, count));
        }

        @Override
        public String toString() {
            return "seed %d: %s, max parallelism %d, %s"
                    .formatted(seed, domain.name(), maxParallelism, program);
        }
    }

    /**
     * Runs all sequences.
     *
     * @throws AssertionError if a sequence fails; it says all that is needed to repeat it
     */
    public void run() {
        Long only = Long.getLong("test.seed");
        long base = only == null ? firstSeed.getAsLong() : only;
        int count = only == null ? sequences : 1;
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), count);
        System.out.printf(
                "model test: %d sequences of %d steps from seed %d on%n", count, steps, base);
        List<Runner> runners = Stream.generate(Runner::new).limit(threads).toList();
        OptionalInt failed = failed(runners, base, count);
        failed.ifPresent(number -> runners.get(0).tell(Sequence.of(base + number, steps)));
        Coverage coverage = new Coverage();
        for (Runner runner : runners) {
            runner.finish();
            coverage.add(runner.coverage);
        }
        expectCoverage(coverage, backend.get().snapshotKinds());
    }

    /**
     * The first sequence that fails. Sequences are begun in order, so that those before it are
     * always run to their end, whatever the threads do.
     */
    private OptionalInt failed(List<Runner> runners, long base, int count) {
        AtomicInteger begun = new AtomicInteger();
        NavigableSet<Integer> failed = new ConcurrentSkipListSet<>();
        ExecutorService threads =
                Executors.newCachedThreadPool(work -> new Thread(work, "model-test"));
        List<Future<?>> runs = new ArrayList<>();
        for (Runner runner : runners) {
            runs.add(
                    threads.submit(
                            () -> {
                                int number = begun.getAndIncrement();
                                while (number < count && failed.isEmpty()) {
                                    if (runner.fails(Sequence.of(base + number, steps))) {
                                        failed.add(number);
                                    }
                                    number = begun.getAndIncrement();
                                }
                            }));
        }
        threads.shutdown();
        for (Future<?> run : runs) {
            awaitEnd(run);
        }
        return failed.isEmpty() ? OptionalInt.empty() : OptionalInt.of(failed.first());
    }

    private static void awaitEnd(Future<?> run) {
        try {
            run.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the test itself failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** With fewer sequences chance decides too much. */
    private static void expectCoverage(Coverage coverage, Set<SnapshotKind> kinds) {
        if (coverage.steps() < 5_000) {
            return;
        }
        for (Step.Action action : Step.Action.values()) {
            assertThat(coverage.of(action)).as("steps that %s", action).isPositive();
        }
        for (SnapshotKind kind : kinds) {
            assertThat(coverage.restores(kind)).as("restores from %s", kind).isPositive();
        }
        assertThat(coverage.evolutions()).as("restores by another program").isPositive();
        assertThat(coverage.mapKeyEvolutions()).as("restores with other map keys").isPositive();
        assertThat(coverage.expired()).as("looks at what had expired").isPositive();
        assertThat(coverage.expiredByEventTime()).as("the same by event time").isPositive();
        assertThat(coverage.beforeTheFirst()).as("of before the first watermark").isPositive();
        assertThat(coverage.restoresWithTimers()).as("restores with timers").isPositive();
    }

    /** Runs one sequence after the other, all on one bench. */
    private final class Runner {
        private final StateBench bench = new StateBench(backend);
        private final Coverage coverage = new Coverage();

        Runner() {
            bench.start();
        }

        boolean fails(Sequence sequence) {
            return failure(sequence, sequence.steps) != null;
        }

        /** What is wrong with a sequence, or null if nothing is. */
        private AssertionError failure(Sequence sequence, List<Step> chosen) {
            AssertionError failure = null;
            try {
                new ModelRun<>(
                                bench,
                                sequence.domain,
                                sequence.maxParallelism,
                                sequence.program,
                                coverage)
                        .run(chosen);
            } catch (AssertionError e) {
                failure = e;
            }
            try {
                bench.next();
            } catch (AssertionError e) {
                return failure == null ? e : failure;
            } catch (Exception e) {
                return failure == null ? new AssertionError("closing: " + e, e) : failure;
            }
            return failure;
        }

        /** Shortens a sequence that fails, and fails with the story of what is left. */
        void tell(Sequence sequence) {
            List<Step> shortest =
                    Shrinker.shrink(
                            sequence.steps, steps -> failure(sequence, steps) != null, PATIENCE);
            AssertionError last = failure(sequence, shortest);
            throw new AssertionError(
                    "%s%n%s%nThe shortest sequence that fails, of %d steps:%n%sRepeat it with -Dtest.seed=%d -Dtest.steps=%d"
                            .formatted(
                                    sequence,
                                    last == null
                                            ? "It failed once, and not any more."
                                            : last.getMessage(),
                                    shortest.size(),
                                    told(sequence.domain, shortest),
                                    sequence.seed,
                                    steps),
                    last);
        }

        private <K, N> String told(Domain<K, N> domain, List<Step> steps) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < steps.size(); i++) {
                text.append("  ").append(steps.get(i).describe(i, domain)).append('\n');
            }
            return text.toString();
        }

        void finish() {
            try {
                bench.finish();
            } catch (Exception e) {
                throw new AssertionError("closing: " + e, e);
            }
        }
    }
}
