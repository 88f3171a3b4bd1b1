package io.holdfast.benchmarks.profile;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Operations per millisecond of processor time, of the benchmark thread and of the whole process.
 *
 * <p>Wall time on a shared machine says how busy the neighbours were. Processor time of the
 * benchmark thread leaves out what the collector and RocksDB's own threads do for it; that of the
 * process has it all.
 */
public final class CpuTimeProfiler implements InternalProfiler {

    /** Metric: operations per millisecond of the benchmark threads' processor time. */
    public static final String THREAD = "cpu.thread";

    /** Metric: operations per millisecond of processor time of all threads of the process. */
    public static final String PROCESS = "cpu.process";

    private static final String UNIT = "ops/cpu-ms";
    private static final double NANOS_PER_MILLI = 1e6;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long threadNanosBefore;
    private long processNanosBefore;

    @Override
    public String getDescription() {
        return "Operations per processor time of the benchmark thread and of the process";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        threadNanosBefore = benchmarkThreadsNanos();
        processNanosBefore = process.getProcessCpuTime();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long threadNanos = benchmarkThreadsNanos() - threadNanosBefore;
        long processNanos = process.getProcessCpuTime() - processNanosBefore;
        long operations = result.getMetadata().getAllOps();
        return List.of(
                rate(THREAD, operations, threadNanos), rate(PROCESS, operations, processNanos));
    }

    private static ScalarResult rate(String metric, long operations, long nanos) {
        return new ScalarResult(
                metric, operations * NANOS_PER_MILLI / nanos, UNIT, AggregationPolicy.AVG);
    }

    /**
     * JMH keeps its benchmark threads from one iteration to the next; the first iteration, which
     * starts them, is a warm-up.
     */
    private long benchmarkThreadsNanos() {
        long nanos = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("-jmh-worker-")) {
                nanos += threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos;
    }
}
