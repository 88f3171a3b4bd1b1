package io.holdfast.benchmarks.runner;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one whole job took.
 *
 * @param peer name of the peer
 * @param events number of events
 * @param cpuSeconds processor time of the whole process, all threads
 * @param wallSeconds wall time
 * @param peakThreads most threads at a time
 * @param digest of the result lines
 */
record JobMeasurement(
        String peer,
        long events,
        double cpuSeconds,
        double wallSeconds,
        int peakThreads,
        String digest) {

    /** Reads what {@code JobMain} wrote. */
    static JobMeasurement read(Path file) {
        Config result = ConfigFactory.parseFile(file.toFile());
        return new JobMeasurement(
                result.getString("peer"),
                result.getLong("events"),
                result.getLong("cpu-nanos") / 1e9,
                result.getLong("wall-nanos") / 1e9,
                result.getInt("peak-threads"),
                result.getString("digest"));
    }

    double eventsPerCpuSecond() {
        return events / cpuSeconds;
    }

    double eventsPerWallSecond() {
        return events / wallSeconds;
    }

    Map<String, Object> asMap() {
        return new TreeMap<>(
                Map.of(
                        "peer", peer,
                        "events", events,
                        "events-per-cpu-second", eventsPerCpuSecond(),
                        "events-per-wall-second", eventsPerWallSecond(),
                        "peak-threads", peakThreads,
                        "digest", digest));
    }
}
