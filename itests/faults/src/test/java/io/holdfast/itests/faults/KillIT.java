package io.holdfast.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job is killed with SIGKILL, again and again, while it runs and while it restores, and each time
 * goes on with another parallelism. Its result must be the one of a run that nobody disturbed.
 *
 * <p>{@code -Dtest.seed} repeats the moments as far as a machine can; {@code -Plong} kills 20 times
 * for each line of the table.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("test.kills", 3);
    private static final long EVENTS = 400_000L + KILLS * 40_000L;
    private static final long RATE = 60_000;
    private static final int[] PARALLELISM = {1, 2, 4};

    @TempDir static Path undisturbed;
    private static final Map<String, List<String>> EXPECTED = new HashMap<>();
    private static final Map<String, String> DIGEST = new HashMap<>();

    @BeforeAll
    static void runUndisturbed() throws Exception {
        for (String example : List.of("nexmark-q5", "nexmark-q8")) {
            Path output = undisturbed.resolve(example);
            try (Launched job =
                    Launched.start(
                            undisturbed,
                            "run",
                            example,
                            "--events=" + EVENTS,
                            "--parallelism=2",
                            "--output=" + output)) {
                assertThat(job.exitCode()).as(job.output()).isZero();
                DIGEST.put(example, job.awaitLine("digest sha256:"));
                EXPECTED.put(example, linesIn(output));
            }
            assertThat(EXPECTED.get(example)).hasSizeGreaterThan(30);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hashmap, filesystem, nexmark-q5, output",
        "hashmap, jobmanager, nexmark-q8, spool",
        "rocksdb, filesystem, nexmark-q8, output",
        "rocksdb, jobmanager, nexmark-q5, spool",
    })
    void aJobKilledAtRandomMomentsGivesTheResultOfAnUndisturbedOne(
            String backend, String storage, String example, String sink, @TempDir Path home)
            throws Exception {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.printf("%s x %s, %s: test.seed=%d%n", backend, storage, example, seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> run =
                new ArrayList<>(
                        List.of(
                                "run",
                                example,
                                "--events=" + EVENTS,
                                "--restore=latest",
                                "--set=state.backend.type=" + backend,
                                "--set=execution.checkpointing.storage=" + storage,
                                "--set=execution.checkpointing.interval=100 ms"));
        Path output = home.resolve("results of the job");
        if (sink.equals("output")) {
            run.add("--output=" + output);
        }
        int killed = 0;
        int restored = 0;
        int beforeRunning = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            boolean whileRestoring = kill % 2 == 1;
            int parallelism = PARALLELISM[random.nextInt(PARALLELISM.length)];
            Duration moment = Duration.ofMillis(random.nextInt(whileRestoring ? 200 : 1_500));
            try (Launched job =
                    Launched.start(
                            home, with(run, "--rate=" + RATE, "--parallelism=" + parallelism))) {
                String line = job.awaitLine("restore ");
                if (!whileRestoring) {
                    line = job.awaitLine("running ");
                    restored += line.contains("chk-") ? 1 : 0;
                }
                if (kill == 0) {
                    // Later runs shall have something to go on from, however slow the machine is.
                    await().atMost(Duration.ofMinutes(1)).until(() -> hasCheckpoint(home));
                }
                boolean done = job.killAfter(moment);
                System.out.printf(
                        "kill %d, parallelism %d, %d ms after '%s': %s%n",
                        kill + 1,
                        parallelism,
                        moment.toMillis(),
                        line.replaceAll(" +", " "),
                        done ? "killed" : "too late\n" + job.output());
                killed += done ? 1 : 0;
                beforeRunning += done && !job.output().contains("\nrunning ") ? 1 : 0;
            }
        }
        System.out.printf("%d kills, %d of them before the job ran%n", killed, beforeRunning);
        assertThat(killed).as("kills that happened, seed %d", seed).isEqualTo(KILLS);
        if (KILLS >= 10) {
            assertThat(beforeRunning).as("kills while restoring, seed %d", seed).isPositive();
        }

        int parallelism = PARALLELISM[random.nextInt(PARALLELISM.length)];
        try (Launched job = Launched.start(home, with(run, "--parallelism=" + parallelism))) {
            assertThat(job.exitCode()).as("seed %d, %s", seed, job.output()).isZero();
            restored += job.awaitLine("running ").contains("chk-") ? 1 : 0;
            assertThat(job.awaitLine("digest sha256:"))
                    .as("seed %d, %s", seed, job.output())
                    .isEqualTo(DIGEST.get(example));
        }
        assertThat(restored).as("runs that went on from a checkpoint, seed %d", seed).isPositive();
        if (sink.equals("output")) {
            assertThat(linesIn(output)).as("seed %d", seed).isEqualTo(EXPECTED.get(example));
        }
    }

    private static boolean hasCheckpoint(Path home) {
        try (Stream<Path> files = Files.walk(home)) {
            return files.anyMatch(file -> file.endsWith("_metadata"));
        } catch (IOException | UncheckedIOException e) {
            // A file went away while we looked; the next look will tell.
            return false;
        }
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    /** Every line of every visible file, sorted, those that are there twice twice. */
    private static List<String> linesIn(Path output) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(output.resolve("results"))) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(".") && Files.isRegularFile(file)) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        Collections.sort(lines);
        return lines;
    }
}
