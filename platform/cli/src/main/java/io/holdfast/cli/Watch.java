package io.holdfast.cli;

import io.holdfast.cli.output.Amounts;
import io.holdfast.cli.output.Console;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.JobResult;
import io.holdfast.runtime.metrics.JobMetrics;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Follows a job to its end: shows how far it is, and stops it in good order on Ctrl-C. */
final class Watch {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Console console;
    private final JobClient job;
    private final ExampleRun.Request request;
    private final LiveLine line;
    private final long began = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean saidRunning;
    private long eventsBefore;
    private Duration elapsedBefore = Duration.ZERO;

    /**
     * A watch over one job.
     *
     * @param console where to show it
     * @param job the job
     * @param request what was asked for
     */
    Watch(Console console, JobClient job, ExampleRun.Request request) {
        this.console = console;
        this.job = job;
        this.request = request;
        this.line = new LiveLine(console.out(), console.outWatched(), console.columns());
    }

    /**
     * Waits for the end.
     *
     * @throws io.holdfast.api.error.HoldfastException if the job failed
     */
    JobResult toTheEnd() {
        Thread interrupted = new Thread(this::interrupted, "ctrl-c");
        Runtime.getRuntime().addShutdownHook(interrupted);
        Thread shown = new Thread(this::showAll, "progress");
        shown.setDaemon(true);
        PrintStream err = System.err;
        System.setErr(aboveTheLine(err));
        shown.start();
        try {
            return job.await();
        } finally {
            ended.countDown();
            join(shown);
            System.setErr(err);
            forget(interrupted);
        }
    }

    /** Warnings that are logged while the line is shown must not be written behind it. */
    private PrintStream aboveTheLine(PrintStream err) {
        return new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int character) {
                        write(new byte[] {(byte) character}, 0, 1);
                    }

                    @Override
                    public void write(byte[] text, int offset, int length) {
                        line.end();
                        err.write(text, offset, length);
                        err.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    private void showAll() {
        try {
            while (!ended.await(saidRunning ? EVERY.toMillis() : 10, TimeUnit.MILLISECONDS)) {
                JobMetrics metrics = job.metrics();
                if (!saidRunning && metrics.status() == JobStatus.RUNNING) {
                    saidRunning = true;
                    sayRunning();
                } else if (saidRunning) {
                    line.show(status(metrics));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.end();
    }

    private void sayRunning() {
        console.out()
                .printf(
                        "%-19s %s%n",
                        "running",
                        job.restoredFrom()
                                .map(pointer -> "on from " + pointer)
                                .orElse(
                                        request.restore().isPresent()
                                                ? "from the beginning: there is no checkpoint of it"
                                                : "from the beginning"));
    }

    private LiveLine.Status status(JobMetrics metrics) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
        LiveLine.Status status =
                status(
                        metrics,
                        elapsed,
                        Amounts.rate(
                                metrics.events() - eventsBefore, elapsed.minus(elapsedBefore)));
        eventsBefore = metrics.events();
        elapsedBefore = elapsed;
        return status;
    }

    /** A status of a job's metrics. */
    static LiveLine.Status status(JobMetrics metrics, Duration elapsed, long eventsPerSecond) {
        OptionalLong watermark = metrics.watermark();
        boolean open = watermark.isPresent() && watermark.getAsLong() < Long.MAX_VALUE;
        Optional<LiveLine.Checkpoint> checkpoint =
                metrics.checkpoints()
                        .last()
                        .map(
                                last ->
                                        new LiveLine.Checkpoint(
                                                last.id(), last.bytes(), last.duration()));
        return new LiveLine.Status(
                elapsed,
                metrics.events(),
                eventsPerSecond,
                open ? watermark : OptionalLong.empty(),
                checkpoint,
                metrics.checkpoints().failed(),
                metrics.checkpoints()
                        .presentFailure()
                        .map(
                                failure ->
                                        failure.problem().code()
                                                + " "
                                                + failure.problem().summary()));
    }

    /** Runs when the process is asked to end. The exit code, 130, comes from the signal. */
    private void interrupted() {
        if (job.status().isTerminal()) {
            return;
        }
        line.above("stopping ...");
        job.cancel();
        try {
            if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                console.err().println("The job did not stop in time; its checkpoints are kept.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        console.err().println("interrupted; to go on from the last checkpoint:");
        console.err().println("  " + request.commandToGoOn("latest"));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook is running and knows that the job has ended.
            return;
        }
    }
}
