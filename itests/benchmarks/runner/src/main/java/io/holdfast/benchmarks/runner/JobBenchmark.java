package io.holdfast.benchmarks.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A whole job that every engine runs alike.
 *
 * @param name on the command line
 * @param events number of events of a measurement
 * @param parallelism subtasks of every operator
 * @param checkpointMillis between the triggers of two checkpoints
 */
record JobBenchmark(String name, long events, int parallelism, long checkpointMillis) {

    static final JobBenchmark NEXMARK_Q5 = new JobBenchmark("nexmark-q5", 10_000_000, 2, 1_000);

    private static final long SEED = 1;
    private static final int QUICK_PART = 10;

    String question() {
        return String.format(
                Locale.ROOT,
                "Nexmark query 5, whole job: parallelism %d, a checkpoint every %d ms",
                parallelism,
                checkpointMillis);
    }

    /** Runs the job in a JVM of the peer, after a shorter one to warm up. */
    JobMeasurement measure(Peer peer, PeerJvm jvm, boolean quick)
            throws IOException, InterruptedException, MeasurementFailure {
        String file = name + "-" + peer.name();
        Path result = jvm.results().resolve(file + ".json");
        Path work = Files.createDirectories(jvm.results().resolve("scratch").resolve(file));
        jvm.run(
                peer,
                file,
                "io.holdfast.benchmarks.job.JobMain",
                List.of(
                        peer.name(),
                        Long.toString(quick ? events / QUICK_PART : events),
                        Long.toString(SEED),
                        Integer.toString(parallelism),
                        Long.toString(checkpointMillis),
                        work.toString(),
                        result.toString()));
        return JobMeasurement.read(result);
    }

    /**
     * A figure counts only if all engines found the same.
     *
     * @return what is wrong, or empty
     */
    static Optional<String> disagreement(List<JobMeasurement> measurements) {
        return measurements.stream().map(JobMeasurement::digest).distinct().count() <= 1
                ? Optional.empty()
                : Optional.of(
                        "The engines do not agree, so these figures mean nothing: "
                                + measurements.stream()
                                        .map(each -> each.peer() + " " + each.digest())
                                        .toList());
    }
}
