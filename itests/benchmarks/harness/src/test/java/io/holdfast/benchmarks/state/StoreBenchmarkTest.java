package io.holdfast.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.benchmarks.profile.CpuTimeProfiler;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class StoreBenchmarkTest {

    private static final List<String> READ_MODIFY_WRITE = List.of("ValueBenchmark.readModifyWrite");

    @Test
    void measuresOperationsPerProcessorTimeOfThreadAndProcess() throws Exception {
        assertThat(StatePeerContract.run("right", READ_MODIFY_WRITE))
                .singleElement()
                .satisfies(
                        result -> {
                            var metrics = result.getSecondaryResults();
                            assertThat(metrics.get(CpuTimeProfiler.THREAD).getScore()).isPositive();
                            assertThat(metrics.get(CpuTimeProfiler.PROCESS).getScore())
                                    .isPositive();
                        });
    }

    @Test
    void aPeerThatLosesAnAdditionFailsTheMeasurement() {
        assertThatThrownBy(() -> StatePeerContract.run("forgetful", READ_MODIFY_WRITE))
                .isInstanceOf(RunnerException.class)
                .hasStackTraceContaining("Peer 'forgetful' is wrong: the sum of all values");
    }

    @Test
    void aPeerWithoutTheStoreIsNamedWithThoseItHas() {
        assertThatThrownBy(() -> StatePeerContract.run("right", List.of("MapBenchmark.get")))
                .hasStackTraceContaining("Peer 'right' has no MapStore; it has [ValueStore]");
    }

    @Test
    void anUnknownPeerIsAnsweredWithThoseThereAre() {
        assertThatThrownBy(() -> StatePeer.named("wrong"))
                .hasMessageContaining("'wrong'")
                .hasMessageContaining("right")
                .hasMessageContaining("forgetful");
    }

    @Test
    void aSkewedDrawPrefersTheFirstAndReachesTheLast() {
        int[] counts = new int[100];
        for (int draw : Zipf.draws(counts.length, 100_000)) {
            counts[draw]++;
        }
        assertThat(counts[0]).isBetween(18_000, 20_500);
        assertThat(counts[1]).isBetween(8_800, 10_500);
        assertThat(counts[99]).isPositive();
    }

    /** A map. */
    public static final class RightPeer implements StatePeer {
        @Override
        public String name() {
            return "right";
        }

        @Override
        public Map<Class<? extends Store>, Opening> stores() {
            return Map.of(ValueStore.class, directory -> new MapOfValues());
        }
    }

    /** A map that misses one addition. */
    public static final class ForgetfulPeer implements StatePeer {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public Map<Class<? extends Store>, Opening> stores() {
            return Map.of(ValueStore.class, this::forgetful);
        }

        private MapOfValues forgetful(Path directory) {
            return new MapOfValues() {
                private int additions;

                @Override
                public long add(long key, long delta) {
                    return additions++ == 0 ? delta : super.add(key, delta);
                }
            };
        }
    }

    private static class MapOfValues implements ValueStore {
        private final Map<Long, Long> values = new HashMap<>();

        @Override
        public long get(long key) {
            return values.getOrDefault(key, 0L);
        }

        @Override
        public void update(long key, long value) {
            values.put(key, value);
        }

        @Override
        public long add(long key, long delta) {
            return values.merge(key, delta, Long::sum);
        }

        @Override
        public void remove(long key) {
            values.remove(key);
        }

        @Override
        public void close() {}
    }
}
