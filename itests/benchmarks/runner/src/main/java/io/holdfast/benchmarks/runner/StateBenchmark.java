package io.holdfast.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JMH benchmark of the harness that measures one peer at a time.
 *
 * @param name on the command line
 * @param jmhClass simple name of the benchmark's class
 * @param question what its figures answer; the title of its table
 */
record StateBenchmark(String name, String jmhClass, String question) {

    static final StateBenchmark VALUE_READ_MODIFY_WRITE =
            new StateBenchmark(
                    "value-read-modify-write",
                    "ValueReadModifyWriteBenchmark",
                    "Value state, read-modify-write: Long to Long, 500,000 keys, 1 thread");

    private static final List<String> QUICK =
            List.of("-wi", "2", "-w", "500ms", "-i", "3", "-r", "500ms");

    /** Runs JMH in a JVM of the peer and reads what it wrote. */
    StateMeasurement measure(Peer peer, PeerJvm jvm, boolean quick)
            throws IOException, InterruptedException, MeasurementFailure {
        String file = name + "-" + peer.name();
        Path result = jvm.results().resolve(file + ".jmh.json");
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                jmhClass,
                                "-p",
                                "peer=" + peer.name(),
                                "-prof",
                                "io.holdfast.benchmarks.profile.CpuTimeProfiler",
                                "-prof",
                                "gc",
                                "-foe",
                                "true",
                                "-rf",
                                "json",
                                "-rff",
                                result.toString()));
        if (quick) {
            arguments.addAll(QUICK);
        }
        jvm.run(peer, file, "org.openjdk.jmh.Main", arguments);
        return StateMeasurement.read(result);
    }
}
