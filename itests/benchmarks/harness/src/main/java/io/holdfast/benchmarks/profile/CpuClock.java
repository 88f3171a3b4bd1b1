package io.holdfast.benchmarks.profile;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of this process that counts: without that of the JIT compiler, which a benchmark
 * hands to the JVM's warm-up and not to a state backend, and without what was {@linkplain #exclude
 * excluded}.
 */
public final class CpuClock {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final Path TASKS = Path.of("/proc/self/task");

    private static long excludedThreadNanos;
    private static long excludedProcessNanos;

    private CpuClock() {}

    /** Something to do. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    /** Does something on the benchmark thread whose processor time is not to count. */
    public static void exclude(Work work) throws Exception {
        long thread = THREADS.getCurrentThreadCpuTime();
        long process = PROCESS.getProcessCpuTime() - compilerNanos();
        work.run();
        excludedThreadNanos += THREADS.getCurrentThreadCpuTime() - thread;
        excludedProcessNanos += PROCESS.getProcessCpuTime() - compilerNanos() - process;
    }

    /**
     * Processor time of JMH's benchmark threads in nanoseconds. JMH keeps them from one iteration
     * to the next; the first iteration, which starts them, is a warm-up.
     */
    static long benchmarkThreadsNanos() {
        long nanos = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().contains("-jmh-worker-")) {
                nanos += THREADS.getThreadCpuTime(thread.getThreadId());
            }
        }
        return nanos - excludedThreadNanos;
    }

    /** Processor time of the thread that asks in nanoseconds. */
    public static long currentThreadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Processor time of all threads but the compiler's in nanoseconds. */
    public static long processNanos() {
        return PROCESS.getProcessCpuTime() - compilerNanos() - excludedProcessNanos;
    }

    /** The JVM does not show its compiler threads, Linux does; elsewhere their time counts. */
    private static long compilerNanos() {
        if (!Files.isDirectory(TASKS)) {
            return 0;
        }
        long nanos = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                nanos += compilerNanos(task);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nanos;
    }

    private static long compilerNanos(Path task) {
        try {
            if (!Files.readString(task.resolve("comm")).matches("(?s)C[12] Compiler.*")) {
                return 0;
            }
            String schedule = Files.readString(task.resolve("schedstat"));
            return Long.parseLong(schedule.substring(0, schedule.indexOf(' ')));
        } catch (IOException e) {
            // A thread that has just ended: none of the compiler's, whose number is fixed.
            return 0;
        }
    }
}
