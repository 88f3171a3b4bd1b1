package io.holdfast.benchmarks.profile;

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
 * process has it all, except that of the JIT compiler.
 */
public final class CpuTimeProfiler implements InternalProfiler {

    /** Metric: operations per millisecond of the benchmark threads' processor time. */
    public static final String THREAD = "cpu.thread";

    /** Metric: operations per millisecond of processor time of all threads but the compiler's. */
    public static final String PROCESS = "cpu.process";

    private static final String UNIT = "ops/cpu-ms";
    private static final double NANOS_PER_MILLI = 1e6;

    private long threadNanosBefore;
    private long processNanosBefore;

    @Override
    public String getDescription() {
        return "Operations per processor time of the benchmark thread and of the process";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        threadNanosBefore = CpuClock.benchmarkThreadsNanos();
        processNanosBefore = CpuClock.processNanos();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long threadNanos = CpuClock.benchmarkThreadsNanos() - threadNanosBefore;
        long processNanos = CpuClock.processNanos() - processNanosBefore;
        long operations = result.getMetadata().getAllOps();
        return List.of(
                rate(THREAD, operations, threadNanos), rate(PROCESS, operations, processNanos));
    }

    private static ScalarResult rate(String metric, long operations, long nanos) {
        return new ScalarResult(
                metric, operations * NANOS_PER_MILLI / nanos, UNIT, AggregationPolicy.AVG);
    }
}
