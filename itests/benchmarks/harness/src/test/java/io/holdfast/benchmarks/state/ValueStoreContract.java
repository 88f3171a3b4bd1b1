package io.holdfast.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every peer must do before a figure of it means anything. A module of peers extends it and
 * names its peers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ValueStoreContract {

    private static final long SEED = Long.getLong("test.seed", 42);

    /** Names of all peers of the module. */
    protected abstract List<String> peers();

    @Test
    void thePeersOfTheModuleAreFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(ValueStorePeer.class))
                .extracting(ValueStorePeer::name)
                .containsExactlyInAnyOrderElementsOf(peers());
    }

    @ParameterizedTest
    @MethodSource("peers")
    void valuesAreRightAfterManyReadModifyWrites(String peer, @TempDir Path directory)
            throws Exception {
        Map<Long, Long> model = new HashMap<>();
        SplittableRandom random = new SplittableRandom(SEED);
        long[] keys = ScrambledKeys.inAccessOrder(1_000);
        try (ValueStore store = ValueStorePeer.named(peer).open(directory)) {
            for (int i = 0; i < 20_000; i++) {
                long key = keys[random.nextInt(keys.length)];
                long delta = random.nextLong(-1_000_000, 1_000_000);
                assertThat(store.add(key, delta))
                        .as("seed %d, step %d", SEED, i)
                        .isEqualTo(model.merge(key, delta, Long::sum));
            }
            for (long key : keys) {
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
        try (ValueStore store = ValueStorePeer.named(peer).open(first)) {
            store.add(7, 1);
        }
        try (ValueStore store = ValueStorePeer.named(peer).open(second)) {
            assertThat(store.get(7)).isZero();
        }
    }
}
