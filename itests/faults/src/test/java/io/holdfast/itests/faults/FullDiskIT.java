package io.holdfast.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The disk of the checkpoints is full for a while. The job goes on, says what fails and why, and
 * takes its next checkpoint as soon as there is room.
 */
class FullDiskIT {
    private static final int LINES = 3_000;
    private static final String REASON = "STORAGE-5010 Cannot .*the disk is full";

    @TempDir Path home;

    @ParameterizedTest
    @CsvSource({"hashmap, text", "rocksdb, json"})
    void aFullDiskFailsCheckpointsAndNotTheJob(String backend, String summary) throws Exception {
        Path whole = home.resolve("access.log");
        Files.writeString(whole, lines(0) + lines(1) + lines(2));
        String digest;
        try (Launched undisturbed = Launched.start(home, "run", "sessions", "--input=" + whole)) {
            assertThat(undisturbed.exitCode()).as(undisturbed.output()).isZero();
            digest = undisturbed.awaitLine("digest sha256:").replaceAll(".*(sha256:\\w+).*", "$1");
        }
        List<String> run = new ArrayList<>(List.of("run", "sessions", "--input=-"));
        if (summary.equals("json")) {
            run.add("--json");
        }
        try (SmallDisk disk = SmallDisk.mount(home.resolve("disk"), "8m");
                Launched job =
                        Launched.start(
                                home,
                                with(
                                        run,
                                        "--output=" + home.resolve("output"),
                                        "--set=state.backend.type=" + backend,
                                        "--set=execution.checkpointing.dir=file://" + disk.root(),
                                        "--set=execution.checkpointing.data-inline-threshold=0",
                                        "--set=execution.checkpointing.interval=100 ms"))) {
            try (OutputStream input = job.input()) {
                send(input, lines(0));
                job.awaitFile(disk.root(), "_metadata");

                disk.fill();
                send(input, lines(1));
                job.awaitOutput("JOB-610[13] Checkpoint \\d+ .*" + REASON);
                job.awaitOutput("(?m)^\\d.* events .* checkpoint \\d+ .* failed .*" + REASON);
                long before =
                        await().until(() -> newest(disk.root()), OptionalLong::isPresent)
                                .getAsLong();

                disk.free();
                send(input, lines(2));
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> newest(disk.root()).orElse(0) > before);
            }
            assertThat(job.exitCode()).as(job.output()).isZero();
            assertThat(job.output()).contains(digest);
            if (summary.equals("json")) {
                assertThat(job.awaitLine("{"))
                        .contains("\"restarts\":0")
                        .containsPattern("\"failed\":[1-9]")
                        .containsPattern("\"lastFailure\":.*" + REASON);
            } else {
                assertThat(job.awaitLine("checkpoints ")).containsPattern("[1-9]\\d* failed");
                assertThat(job.awaitLine("last failure ")).containsPattern(REASON);
                assertThat(job.output()).doesNotContain("\nrestarts ");
            }
        }
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static void send(OutputStream input, String lines) throws IOException {
        input.write(lines.getBytes(StandardCharsets.UTF_8));
        input.flush();
    }

    /** A visitor per line and second, so that sessions stay open. */
    private static String lines(int part) {
        StringBuilder lines = new StringBuilder();
        for (int i = part * LINES; i < (part + 1) * LINES; i++) {
            lines.append(
                    "10.0.%d.%d - - [17/May/2015:%02d:%02d:%02d +0000] \"GET /page%d HTTP/1.1\" 200 %d%n"
                            .formatted(
                                    i / 250 % 250,
                                    i % 250,
                                    10 + i / 3600,
                                    i / 60 % 60,
                                    i % 60,
                                    i % 20,
                                    i));
        }
        return lines.toString();
    }

    /** The highest number of a published checkpoint; empty if it cannot be told just now. */
    private static OptionalLong newest(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .map(file -> file.getParent().getFileName().toString())
                    .mapToLong(name -> Long.parseLong(name.substring("chk-".length())))
                    .max();
        } catch (UncheckedIOException e) {
            return OptionalLong
                    .empty(); // Something was removed in between; the next look will tell.
        }
    }
}
