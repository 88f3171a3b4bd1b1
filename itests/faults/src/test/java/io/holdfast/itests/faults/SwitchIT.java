package io.holdfast.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.examples.ResultDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job under load, with value, list, map, reducing, aggregating, broadcast, operator and raw keyed
 * state and with timers of both clocks, goes from one state backend to another again and again, and
 * is killed in the middle of it. What it has written in the end is what an undisturbed one writes.
 *
 * <p>{@code -Dtest.seed} repeats the moments as far as a machine can; {@code -Plong} kills 20
 * times.
 */
class SwitchIT {
    private static final int SWITCHES = 20;
    private static final int KILLS = Integer.getInteger("test.kills", 3);
    private static final List<String> BACKENDS = List.of("hashmap", "rocksdb");

    /** Latest moment of a kill, counted from the command to switch. */
    private static final int LATEST_MILLIS = 120;

    @TempDir static Path undisturbed;
    private static ResultDigest expected;

    @TempDir Path home;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        try (Launched job =
                Launched.program(
                        undisturbed, SwitchedJob.class, home(undisturbed), "hashmap", "fresh")) {
            job.awaitLine("running ");
            job.ask("finish");
            expectEnd(job);
        }
        expected = results(undisturbed);
        System.out.println("undisturbed: " + expected);
        assertThat(expected.records()).isGreaterThan(SwitchedJob.RECORDS / 10);
    }

    private static String home(Path directory) {
        return directory.toString();
    }

    private static void expectEnd(Launched job) throws Exception {
        assertThat(job.exitCode()).as(job.output()).isZero();
        assertThat(job.awaitLine("ended ")).isEqualTo("ended FINISHED with 0 restarts");
    }

    /** What was committed: the lines of all visible files. */
    private static ResultDigest results(Path home) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(home.resolve("results"))) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(".") && Files.isRegularFile(file)) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return ResultDigest.of(lines);
    }

    @Test
    void manySwitchesUnderLoadChangeNothingButTheBackend() throws Exception {
        try (Launched job =
                Launched.program(home, SwitchedJob.class, home(home), "hashmap", "fresh")) {
            job.awaitLine("running ");
            for (int i = 0; i < SWITCHES; i++) {
                String next = BACKENDS.get((i + 1) % 2);
                job.ask("pass 1500");
                String answer = job.ask("switch " + next);
                System.out.println(answer);
                assertThat(answer).contains("switched to " + next);
            }
            job.ask("finish");
            expectEnd(job);
        }
        assertThat(results(home)).isEqualTo(expected);
    }

    @Test
    void killsInTheMiddleOfSwitchesLeaveOneConsistentSide() throws Exception {
        long seed = Long.getLong("test.seed", System.nanoTime());
        System.out.printf("kills in switches: test.seed=%d%n", seed);
        SplittableRandom random = new SplittableRandom(seed);
        int restored = 0;
        int inside = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String from = anyThatStarts(random);
            Duration moment = Duration.ofMillis(random.nextInt(LATEST_MILLIS));
            try (Launched job =
                    Launched.program(home, SwitchedJob.class, home(home), from, "latest")) {
                restored += job.awaitLine("running ").contains("chk-") ? 1 : 0;
                job.ask("pass " + (200 + random.nextInt(2_000)));
                if (kill == 0) {
                    job.awaitFile(home.resolve("checkpoints"), "_metadata");
                }
                if (random.nextBoolean()) {
                    // The one that is killed starts from a backend that was switched to.
                    from = other(from);
                    assertThat(job.ask("switch " + from)).contains("switched to " + from);
                }
                job.tell("switch " + other(from));
                job.awaitLine("switching to " + other(from));
                assertThat(job.killAfter(moment)).as("killed, seed %d", seed).isTrue();
                boolean answered = job.output().contains("switched to " + other(from));
                inside += answered ? 0 : 1;
                System.out.printf(
                        "kill %d, %s to %s, after %d ms: %s%n",
                        kill + 1,
                        from,
                        other(from),
                        moment.toMillis(),
                        answered ? "just switched" : "in the middle");
            }
        }
        System.out.printf("%d kills, %d of them inside of a switch%n", KILLS, inside);
        if (KILLS >= 10) {
            assertThat(inside).as("kills inside of a switch, seed %d", seed).isPositive();
        }
        String last = anyThatStarts(random);
        try (Launched job = Launched.program(home, SwitchedJob.class, home(home), last, "latest")) {
            restored += job.awaitLine("running ").contains("chk-") ? 1 : 0;
            job.ask("pass 1000");
            assertThat(job.ask("switch " + other(last))).contains("switched to " + other(last));
            job.ask("finish");
            expectEnd(job);
        }
        assertThat(restored)
                .as("runs that went on from a checkpoint, seed %d", seed)
                .isEqualTo(KILLS);
        assertThat(results(home)).as("seed %d", seed).isEqualTo(expected);
    }

    /** Only hashmap starts from a checkpoint of its own form; from those of rocksdb both do. */
    private String anyThatStarts(SplittableRandom random) throws IOException {
        String any = BACKENDS.get(random.nextInt(2));
        Path checkpoints = home.resolve("checkpoints");
        if (!Files.exists(checkpoints)) {
            return any;
        }
        try (Stream<Path> files = Files.walk(checkpoints)) {
            Optional<Path> latest =
                    files.filter(file -> file.endsWith("_metadata"))
                            .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
            return latest.isPresent()
                            && Files.readString(latest.get(), StandardCharsets.ISO_8859_1)
                                    .contains("heap/1")
                    ? "hashmap"
                    : any;
        }
    }

    private static String other(String backend) {
        return BACKENDS.get(1 - BACKENDS.indexOf(backend));
    }
}
