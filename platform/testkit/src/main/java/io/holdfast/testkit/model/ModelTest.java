package io.holdfast.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.spi.state.StateBackend;
import io.holdfast.testkit.bench.StateBench;
import io.holdfast.testkit.fixture.Shrinker;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Runs random sequences of steps, each from a seed of its own. A sequence that fails is shortened
 * and told in words, with the seed that repeats it.
 *
 * <p>System properties: {@code test.seed} runs the one sequence of that seed, {@code
 * test.sequences} is the number of sequences, {@code test.steps} the length of each.
 */
public final class ModelTest {
    private static final int PATIENCE = 400;
    private static final List<Integer> MAX_PARALLELISMS = List.of(128, 300, 1, 3, 129, 257);

    private final Supplier<StateBackend> backend;
    private final int sequences;
    private final int steps;
    private final LongSupplier firstSeed;
    private final Coverage coverage = new Coverage();

    /**
     * A test of one backend.
     *
     * @param backend makes the backend, once for each sequence
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
    private record Sequence(long seed, Domain<?, ?> domain, int maxParallelism, List<Step> steps) {

        static Sequence of(long seed, int count) {
            SplittableRandom random = new SplittableRandom(seed);
            return new Sequence(
                    seed,
                    Domain.ALL.get(random.nextInt(Domain.ALL.size())),
                    MAX_PARALLELISMS.get(random.nextInt(MAX_PARALLELISMS.size())),
                    Step.random(random, count));
        }

        @Override
        public String toString() {
            return "seed %d: %s, max parallelism %d".formatted(seed, domain.name(), maxParallelism);
        }
    }

    /**
     * Runs all sequences.
     *
     * @throws AssertionError if a sequence fails; it says all that is needed to repeat it
     */
    public void run() {
        Long only = Long.getLong("test.seed");
        if (only != null) {
            runOne(Sequence.of(only, steps));
            return;
        }
        long base = firstSeed.getAsLong();
        System.out.printf(
                "model test: %d sequences of %d steps from seed %d on%n", sequences, steps, base);
        for (int i = 0; i < sequences; i++) {
            runOne(Sequence.of(base + i, steps));
        }
        expectCoverage();
    }

    /** With fewer sequences chance decides too much. */
    private void expectCoverage() {
        if (coverage.steps() < 5_000) {
            return;
        }
        for (Step.Action action : Step.Action.values()) {
            assertThat(coverage.of(action)).as("steps that %s", action).isPositive();
        }
        assertThat(coverage.restores()).as("restores").isPositive();
        assertThat(coverage.restoresWithTimers()).as("restores with timers").isPositive();
    }

    private void runOne(Sequence sequence) {
        AssertionError failure = failure(sequence, sequence.domain, sequence.steps);
        if (failure == null) {
            return;
        }
        List<Step> shortest =
                Shrinker.shrink(
                        sequence.steps,
                        steps -> failure(sequence, sequence.domain, steps) != null,
                        PATIENCE);
        AssertionError last = failure(sequence, sequence.domain, shortest);
        throw new AssertionError(
                "%s%n%s%nThe shortest sequence that fails, of %d steps:%n%sRepeat it with -Dtest.seed=%d -Dtest.steps=%d"
                        .formatted(
                                sequence,
                                (last == null ? failure : last).getMessage(),
                                shortest.size(),
                                told(sequence.domain, shortest),
                                sequence.seed,
                                steps),
                last == null ? failure : last);
    }

    private <K, N> String told(Domain<K, N> domain, List<Step> steps) {
        StateBench bench = new StateBench(backend);
        bench.start();
        try {
            ModelRun<K, N> run = new ModelRun<>(bench, domain, 1, new Coverage());
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < steps.size(); i++) {
                text.append("  ").append(run.describe(i, steps.get(i))).append('\n');
            }
            return text.toString();
        } finally {
            end(bench);
        }
    }

    /** What is wrong with a sequence, or null if nothing is. */
    private <K, N> AssertionError failure(
            Sequence sequence, Domain<K, N> domain, List<Step> chosen) {
        StateBench bench = new StateBench(backend);
        bench.start();
        AssertionError failure = null;
        try {
            new ModelRun<>(bench, domain, sequence.maxParallelism, coverage).run(chosen);
        } catch (AssertionError e) {
            failure = e;
        }
        AssertionError second = end(bench);
        return failure == null ? second : failure;
    }

    private static AssertionError end(StateBench bench) {
        try {
            bench.finish();
            return null;
        } catch (AssertionError e) {
            return e;
        } catch (Exception e) {
            return new AssertionError("closing: " + e, e);
        }
    }
}
