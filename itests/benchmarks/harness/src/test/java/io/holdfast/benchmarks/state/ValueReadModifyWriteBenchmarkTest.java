package io.holdfast.benchmarks.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.benchmarks.profile.CpuTimeProfiler;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class ValueReadModifyWriteBenchmarkTest {

    @Test
    void measuresOperationsPerProcessorTimeOfThreadAndProcess() throws Exception {
        RunResult result = runOnce("right");

        double perThread = result.getSecondaryResults().get(CpuTimeProfiler.THREAD).getScore();
        double perProcess = result.getSecondaryResults().get(CpuTimeProfiler.PROCESS).getScore();
        assertThat(perThread).isPositive().isFinite();
        assertThat(perProcess).isPositive().isFinite();
    }

    @Test
    void aPeerThatLosesAnAdditionFailsTheMeasurement() {
        assertThatThrownBy(() -> runOnce("forgetful"))
                .isInstanceOf(RunnerException.class)
                .hasStackTraceContaining("Peer 'forgetful' is wrong");
    }

    @Test
    void anUnknownPeerIsAnsweredWithThoseThereAre() {
        assertThatThrownBy(() -> ValueStorePeer.named("wrong"))
                .hasMessageContaining("'wrong'")
                .hasMessageContaining("right")
                .hasMessageContaining("forgetful");
    }

    private static RunResult runOnce(String peer) throws RunnerException {
        return new Runner(
                        new OptionsBuilder()
                                .include(ValueReadModifyWriteBenchmark.class.getName())
                                .param("peer", peer)
                                .param("keys", "1000")
                                .forks(0)
                                .warmupIterations(1)
                                .warmupTime(TimeValue.milliseconds(20))
                                .measurementIterations(1)
                                .measurementTime(TimeValue.milliseconds(200))
                                .addProfiler(CpuTimeProfiler.class)
                                .shouldFailOnError(true)
                                .verbosity(VerboseMode.SILENT)
                                .build())
                .runSingle();
    }

    /** A map. */
    public static final class RightPeer implements ValueStorePeer {
        @Override
        public String name() {
            return "right";
        }

        @Override
        public ValueStore open(Path directory) {
            return new MapStore();
        }
    }

    /** A map that misses one addition. */
    public static final class ForgetfulPeer implements ValueStorePeer {
        @Override
        public String name() {
            return "forgetful";
        }

        @Override
        public ValueStore open(Path directory) {
            MapStore store = new MapStore();
            store.add(ScrambledKeys.inInsertionOrder(1)[0], -1);
            return store;
        }
    }

    private static final class MapStore implements ValueStore {
        private final Map<Long, Long> values = new HashMap<>();

        @Override
        public long add(long key, long delta) {
            return values.merge(key, delta, Long::sum);
        }

        @Override
        public long get(long key) {
            return values.getOrDefault(key, 0L);
        }

        @Override
        public void close() {}
    }
}
