package io.holdfast.itests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C is a stop in good order, from which the job goes on. */
class InterruptIT {
    private static final String EVENTS = "--events=300000";

    @TempDir Path home;

    @Test
    void anInterruptedJobSaysHowToGoOnAndDoes() throws Exception {
        String digest;
        try (Launched undisturbed = Launched.start(home, "run", "nexmark-q8", EVENTS)) {
            assertThat(undisturbed.exitCode()).as(undisturbed.output()).isZero();
            digest = undisturbed.awaitLine("digest sha256:");
        }
        String goOn;
        try (Launched job =
                Launched.start(
                        home,
                        "run",
                        "nexmark-q8",
                        EVENTS,
                        "--rate=50000",
                        "--set=state.backend.type=rocksdb",
                        "--set=execution.checkpointing.interval=100 ms")) {
            job.awaitLine("running ");
            job.awaitFile(home.resolve("holdfast"), "_metadata");
            job.interrupt();
            assertThat(job.exitCode()).as(job.output()).isEqualTo(130);
            assertThat(job.output()).contains("interrupted; to go on from the last checkpoint:");
            goOn = job.awaitLine("  ./holdfast run nexmark-q8").strip();
            assertThat(goOn)
                    .contains("'--set=execution.checkpointing.interval=100 ms'")
                    .endsWith("--restore latest");
        }
        List<String> words = new ArrayList<>(List.of("run", "nexmark-q8", EVENTS));
        words.addAll(List.of("--set=state.backend.type=rocksdb", "--restore=latest"));
        try (Launched job = Launched.start(home, words.toArray(String[]::new))) {
            assertThat(job.exitCode()).as(job.output()).isZero();
            assertThat(job.awaitLine("running ")).contains("on from ").contains("chk-");
            assertThat(job.awaitLine("digest sha256:")).isEqualTo(digest);
        }
        try (Stream<Path> left = Files.walk(home.resolve("holdfast"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
