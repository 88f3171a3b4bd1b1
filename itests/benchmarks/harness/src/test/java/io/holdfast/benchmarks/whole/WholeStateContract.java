package io.holdfast.benchmarks.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every peer with a whole state must do before a figure of it means anything. A module of
 * peers extends it and names its peers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WholeStateContract {
    private static final int ENTRIES = 10_000;
    private static final int UPDATES = 20_000;

    /** Names of all peers of the module. */
    protected abstract List<String> peers();

    @Test
    void thePeersOfTheModuleAreFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(WholeStatePeer.class))
                .extracting(WholeStatePeer::name)
                .containsExactlyInAnyOrderElementsOf(peers());
    }

    Stream<Arguments> peersAndValues() {
        return peers().stream()
                .flatMap(peer -> Stream.of("long", "string").map(each -> Arguments.of(peer, each)));
    }

    /** The run itself checks that nothing is lost, and that snapshots hold what they should. */
    @ParameterizedTest
    @MethodSource("peersAndValues")
    void allPartsAreMeasuredAndRight(String peer, String values, @TempDir Path directory)
            throws Exception {
        Map<String, Double> figures =
                new WholeStateRun<>(
                                WholeStatePeer.named(peer),
                                Values.named(values),
                                ENTRIES,
                                UPDATES,
                                EnumSet.allOf(WholeStateRun.Part.class),
                                2,
                                directory)
                        .measure();

        assertThat(figures)
                .containsKeys(
                        "heap bytes per entry",
                        "checkpoint async ms",
                        "20k updates under snapshot thread cpu ms",
                        "access during checkpoint p99 us",
                        "restore ms");
        assertThat(figures.get("checkpoint bytes")).isGreaterThan(ENTRIES * 8.0);
        assertThat(figures.getOrDefault("incremental checkpoint after 1 % bytes", 0.0))
                .isLessThan(figures.get("checkpoint bytes"));
    }
}
