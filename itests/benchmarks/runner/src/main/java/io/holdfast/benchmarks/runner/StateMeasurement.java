package io.holdfast.benchmarks.runner;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What JMH measured of one peer; every figure is the median over the iterations.
 *
 * @param benchmark name of the benchmark
 * @param peer name of the peer
 * @param threadRate operations per millisecond of processor time of the benchmark thread
 * @param processRate operations per millisecond of processor time of the whole process without that
 *     of the JIT compiler
 * @param wallRate operations per millisecond of wall time
 * @param bytesPerOperation bytes allocated on the heap per operation
 */
record StateMeasurement(
        String benchmark,
        String peer,
        double threadRate,
        double processRate,
        double wallRate,
        double bytesPerOperation) {

    /** Reads the only result of a file that JMH wrote with {@code -rf json}. */
    static StateMeasurement read(String benchmark, Path jmhResult)
            throws IOException, MeasurementFailure {
        // JSON is a subset of what the parser reads, except that it wants an object outside.
        Config file =
                ConfigFactory.parseString("{ \"results\": " + Files.readString(jmhResult) + "}");
        List<? extends Config> results = file.getConfigList("results");
        if (results.size() != 1) {
            throw new MeasurementFailure(
                    jmhResult + " has " + results.size() + " results, expected 1");
        }
        Config result = results.get(0);
        return new StateMeasurement(
                benchmark,
                result.getString("params.peer"),
                median(result, "secondaryMetrics.\"cpu.thread\""),
                median(result, "secondaryMetrics.\"cpu.process\""),
                median(result, "primaryMetric"),
                median(result, "secondaryMetrics.\"gc.alloc.rate.norm\""));
    }

    private static double median(Config result, String metric) {
        double[] iterations =
                result.getList(metric + ".rawData").stream()
                        .flatMap(fork -> ((List<?>) fork.unwrapped()).stream())
                        .mapToDouble(iteration -> ((Number) iteration).doubleValue())
                        .toArray();
        return median(iterations);
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    Map<String, Object> asMap() {
        return new TreeMap<>(
                Map.of(
                        "peer", peer,
                        "operations-per-cpu-ms", threadRate,
                        "operations-per-process-cpu-ms", processRate,
                        "operations-per-wall-ms", wallRate,
                        "bytes-per-operation", bytesPerOperation));
    }
}
