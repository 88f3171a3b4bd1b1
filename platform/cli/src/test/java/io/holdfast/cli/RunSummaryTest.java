package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.api.error.Problem;
import io.holdfast.examples.ResultDigest;
import io.holdfast.runtime.metrics.CheckpointMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    private static final CheckpointMetrics.Failed FULL =
            new CheckpointMetrics.Failed(
                    7, Problem.environment("JOB-6103", "Checkpoint 7 could not be begun.").build());

    private static RunSummary summary(
            Optional<CheckpointMetrics.Failed> failure, Map<String, Long> late) {
        return new RunSummary(
                "nexmark-q5",
                "job",
                "hashmap",
                "filesystem",
                Optional.empty(),
                1,
                Optional.empty(),
                new LiveLine.Status(
                        Duration.ofSeconds(2),
                        5,
                        2,
                        OptionalLong.empty(),
                        Optional.empty(),
                        failure.isPresent() ? 1 : 0,
                        Optional.empty()),
                3,
                failure,
                late,
                0,
                List.of(),
                ResultDigest.of(List.of("line")));
    }

    @Test
    void whatWentWrongOnTheWayIsTold() {
        RunSummary summary = summary(Optional.of(FULL), Map.of("windows", 1_234L));
        assertThat(summary.text())
                .contains("checkpoints  3 completed, 1 failed\n")
                .contains("last failure JOB-6103 Checkpoint 7 could not be begun.\n")
                .contains("late         1,234 records dropped by windows\n");
        assertThat(summary.json())
                .contains("\"lastFailure\":{\"id\":7,\"problem\":{")
                .contains("\"code\":\"JOB-6103\"")
                .contains("\"late\":{\"windows\":1234}");
    }

    @Test
    void whatDidNotHappenIsLeftOut() {
        assertThat(summary(Optional.empty(), Map.of()).text())
                .doesNotContain("last failure", "late", "restarts");
    }
}
