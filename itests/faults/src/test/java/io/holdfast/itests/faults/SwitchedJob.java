package io.holdfast.itests.faults;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.process.OutputTag;
import io.holdfast.api.time.WatermarkStrategy;
import io.holdfast.runtime.JobClient;
import io.holdfast.runtime.JobResult;
import io.holdfast.runtime.StreamExecutionEnvironment;
import io.holdfast.runtime.connector.FileSink;
import io.holdfast.runtime.connector.GeneratorSource;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.runtime.metrics.JobStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * A job with every kind of state and timer under load, in a process of its own, told what to do by
 * its standard input: {@code switch NAME}, {@code pass N} (lets N records pass), {@code finish}.
 * Each command is answered by a line that begins with its number.
 *
 * <p>Arguments: a directory for results and checkpoints, the state backend, {@code latest} or
 * {@code fresh}.
 */
final class SwitchedJob {
    /** Numbers that go through the job. */
    static final long RECORDS = 400_000;

    private static final int SPLITS = 2;
    private static final int KEYS = 40;
    private static final long RULES = 2_000;
    private static final double RATE = 10_000;

    /** From this part of the records on, they come slowly: the job shall not end by itself. */
    private static final double SLOW = 0.9;

    /** Behind this part, the job waits until it is told to finish. */
    private static final double HELD = 0.99;

    private static final OutputTag<String> LINES = new OutputTag<>("lines");
    private static final long POLL_NANOS = 500_000;

    private final JobClient job;
    private final PacedSource.Pace numbers;
    private final PacedSource.Pace rules;

    private SwitchedJob(Path home, String backend, boolean restored) {
        numbers = pace(RECORDS, RATE);
        rules = pace(RULES, RATE * SPLITS * RULES / RECORDS);
        Configuration settings = new Configuration();
        settings.setString("state.backend.type", backend);
        settings.setString("execution.checkpointing.storage", "filesystem");
        settings.setString(
                "execution.checkpointing.dir", home.resolve("checkpoints").toUri().toString());
        settings.setString("execution.checkpointing.interval", "60 ms");
        settings.setString("restart-strategy.type", "none");
        if (restored) {
            settings.setString("execution.state-recovery.path", "latest");
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(settings).setParallelism(2);
        var ruling =
                env.fromSource(
                                new PacedSource<>(new GeneratorSource<>(i -> i, RULES, 1), rules),
                                WatermarkStrategy.<Long>ascending(i -> i * (RECORDS / RULES)),
                                "rules")
                        .setParallelism(1)
                        .broadcast(Ruled.RULES);
        var counted =
                env.fromSource(
                                new PacedSource<>(
                                        new GeneratorSource<>(i -> i, RECORDS, SPLITS), numbers),
                                WatermarkStrategy.<Long>ascending(i -> i),
                                "numbers")
                        .process(() -> new Counting(SPLITS, LINES));
        var ruled = counted.connect(ruling).process(() -> new Ruled(LINES));
        Path results = home.resolve("results");
        ruled.keyBy(number -> (int) (number % KEYS), Integer.class)
                .process(EveryKind::new)
                .union(counted.getSideOutput(LINES), ruled.getSideOutput(LINES))
                .sinkTo(() -> new FileSink<String>(results, line -> line));
        job = env.executeAsync("switched");
    }

    private static PacedSource.Pace pace(long records, double perSecond) {
        return new PacedSource.Pace(perSecond, 0, (long) (records * SLOW), (long) (records * HELD));
    }

    /**
     * Runs.
     *
     * @param arguments as above
     */
    public static void main(String[] arguments) throws IOException {
        SwitchedJob program =
                new SwitchedJob(Path.of(arguments[0]), arguments[1], arguments[2].equals("latest"));
        Thread commands = new Thread(program::obey, "commands");
        commands.setDaemon(true);
        commands.start();
        try {
            JobResult result = program.job.await();
            System.out.printf(
                    "ended %s with %d restarts%n", result.status(), result.metrics().restarts());
        } catch (HoldfastException e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private void obey() {
        awaitRunning();
        System.out.println("running " + job.restoredFrom().orElse("from the beginning"));
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                String answer = obey(line.split(" "));
                System.out.println(number + ": " + answer);
            }
        } catch (IOException e) {
            e.printStackTrace();
        }
    }

    private void awaitRunning() {
        while (job.status() != JobStatus.RUNNING && !job.status().isTerminal()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private String obey(String[] command) {
        switch (command[0]) {
            case "switch" -> {
                return switchTo(command[1]);
            }
            case "pass" -> {
                return pass(Long.parseLong(command[1]));
            }
            case "finish" -> {
                numbers.finish();
                rules.finish();
                return "finishing";
            }
            default -> throw new IllegalArgumentException(command[0]);
        }
    }

    private String switchTo(String backend) {
        System.out.println("switching to " + backend);
        try {
            HandOverReport report = job.switchBackend(backend).join();
            return "switched to %s, pause %.1f ms, %d bytes, %d subtasks"
                    .formatted(
                            report.to(),
                            report.pause().toNanos() / 1e6,
                            report.bytes(),
                            report.subtasks().size());
        } catch (CompletionException e) {
            return "kept: " + e.getCause();
        }
    }

    /** Waits for more records, or until none come before the end is asked for. */
    private String pass(long more) {
        long target = job.metrics().events() + more;
        while (job.metrics().events() < target && !numbers.held() && !job.status().isTerminal()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return "passed " + more;
    }
}
