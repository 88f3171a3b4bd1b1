package io.holdfast.benchmarks.job;

import com.sun.management.OperatingSystemMXBean;
import io.holdfast.examples.ResultDigest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Runs the job of one peer twice, a tenth of it to warm up and then all of it, and writes what the
 * second run took.
 *
 * <p>Arguments: peer, events, seed, parallelism, checkpoint interval in milliseconds, directory,
 * file for the result (JSON).
 */
public final class JobMain {

    private JobMain() {}

    /** Starts the measurement. */
    public static void main(String[] arguments) throws Exception {
        JobPeer peer = JobPeer.named(arguments[0]);
        long events = Long.parseLong(arguments[1]);
        Path directory = Path.of(arguments[5]);
        measure(peer, settings(arguments, events / 10, directory.resolve("warm-up")));
        String result = measure(peer, settings(arguments, events, directory.resolve("measured")));
        Files.writeString(Path.of(arguments[6]), result);
        // An engine may leave threads behind; the measurement is over.
        System.exit(0);
    }

    private static JobSettings settings(String[] arguments, long events, Path directory)
            throws IOException {
        return new JobSettings(
                events,
                Long.parseLong(arguments[2]),
                Integer.parseInt(arguments[3]),
                Duration.ofMillis(Long.parseLong(arguments[4])),
                Files.createDirectories(directory));
    }

    static String measure(JobPeer peer, JobSettings settings) throws Exception {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        System.gc();
        threads.resetPeakThreadCount();
        long cpuBefore = system.getProcessCpuTime();
        long before = System.nanoTime();
        List<String> lines = peer.run(settings);
        long wall = System.nanoTime() - before;
        long cpu = system.getProcessCpuTime() - cpuBefore;
        return String.format(
                Locale.ROOT,
                "{\"peer\": \"%s\", \"events\": %d, \"cpu-nanos\": %d, \"wall-nanos\": %d, \"peak-threads\": %d, \"digest\": \"%s\"}%n",
                peer.name(),
                settings.events(),
                cpu,
                wall,
                threads.getPeakThreadCount(),
                ResultDigest.of(lines));
    }
}
