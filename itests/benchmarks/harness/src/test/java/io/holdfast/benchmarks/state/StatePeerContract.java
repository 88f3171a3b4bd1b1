package io.holdfast.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.benchmarks.profile.CpuTimeProfiler;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What every peer must do before a figure of it means anything. A module of peers extends it and
 * names its peers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StatePeerContract {

    private static final long SEED = Long.getLong("test.seed", 42);

    /** All benchmarks of a kind of store. */
    private static final Map<Class<? extends Store>, Class<?>> BENCHMARKS =
            Map.of(
                    MapStore.class, MapBenchmark.class,
                    ListStore.class, ListBenchmark.class,
                    TimerStore.class, TimerBenchmark.class,
                    WordStore.class, WordBenchmark.class,
                    ObjectStore.class, ObjectBenchmark.class);

    /** Names of all peers of the module. */
    protected abstract List<String> peers();

    @Test
    void thePeersOfTheModuleAreFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(StatePeer.class))
                .extracting(StatePeer::name)
                .containsExactlyInAnyOrderElementsOf(peers());
    }

    /** Each benchmark of each store, as it is started; it fails if the store lost something. */
    Stream<Arguments> benchmarks() {
        return peers().stream()
                .flatMap(
                        peer ->
                                StatePeer.named(peer).stores().keySet().stream()
                                        .flatMap(StatePeerContract::benchmarksOf)
                                        .map(benchmark -> Arguments.of(peer, benchmark)));
    }

    private static Stream<List<String>> benchmarksOf(Class<? extends Store> kind) {
        if (kind == ValueStore.class) {
            return Stream.of(
                    List.of("ValueBenchmark", "access=uniform"),
                    List.of("ValueBenchmark.get", "access=zipf"),
                    List.of("ValueBenchmark.readModifyWrite", "access=zipf"),
                    List.of("InsertBenchmark"));
        }
        if (kind == ValueStore.Mortal.class) {
            return Stream.of(List.of("ValueBenchmark", "life=an-hour"));
        }
        if (FoldStore.class.isAssignableFrom(kind)) {
            String fold = kind == FoldStore.Reducing.class ? "reducing" : "aggregating";
            return Stream.of(List.of("FoldBenchmark", "fold=" + fold));
        }
        return Stream.of(List.of(BENCHMARKS.get(kind).getSimpleName()));
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void benchmarksFindWhatTheirOperationsPutThere(String peer, List<String> benchmark)
            throws RunnerException {
        assertThat(run(peer, benchmark))
                .isNotEmpty()
                .allSatisfy(
                        result ->
                                assertThat(
                                                result.getSecondaryResults()
                                                        .get(CpuTimeProfiler.THREAD)
                                                        .getScore())
                                        .isPositive()
                                        .isFinite());
    }

    /** Runs benchmarks with few keys and little time, in this JVM. */
    static Iterable<RunResult> run(String peer, List<String> benchmark) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include("\\." + benchmark.get(0) + "(\\.|$)")
                .param("peer", peer)
                .param("keys", "500")
                .forks(0)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(10))
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(60))
                .addProfiler(CpuTimeProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        for (String param : benchmark.subList(1, benchmark.size())) {
            String[] nameAndValue = param.split("=");
            options.param(nameAndValue[0], nameAndValue[1]);
        }
        return new Runner(options.build()).run();
    }

    @ParameterizedTest
    @MethodSource("peers")
    void valuesAreThoseOfAModelAfterManySteps(String peer, @TempDir Path directory)
            throws Exception {
        Map<Long, Long> model = new HashMap<>();
        SplittableRandom random = new SplittableRandom(SEED);
        try (ValueStore store = StatePeer.named(peer).open(ValueStore.class, directory)) {
            for (int i = 0; i < 20_000; i++) {
                long key = random.nextInt(8) == 0 ? i % 4 : ScrambledKeys.at(random.nextInt(1_000));
                long number = random.nextLong(1, 1_000_000);
                switch (random.nextInt(3)) {
                    case 0 ->
                            assertThat(store.add(key, number))
                                    .as("seed %d, step %d", SEED, i)
                                    .isEqualTo(model.merge(key, number, Long::sum));
                    case 1 -> {
                        store.update(key, number);
                        model.put(key, number);
                    }
                    default -> {
                        if (model.remove(key) != null) {
                            store.remove(key);
                        }
                    }
                }
                assertThat(store.get(key))
                        .as("seed %d, step %d", SEED, i)
                        .isEqualTo(model.getOrDefault(key, 0L));
            }
            for (int i = 0; i < 1_000; i++) {
                long key = ScrambledKeys.at(i);
                assertThat(store.get(key))
                        .as("seed %d", SEED)
                        .isEqualTo(model.getOrDefault(key, 0L));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("peers")
    void everyStoreOpensEmpty(String peer, @TempDir Path first, @TempDir Path second)
            throws Exception {
        try (ValueStore store = StatePeer.named(peer).open(ValueStore.class, first)) {
            store.add(7, 1);
        }
        try (ValueStore store = StatePeer.named(peer).open(ValueStore.class, second)) {
            assertThat(store.get(7)).isZero();
        }
    }
}
