package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.LiveLine.Checkpoint;
import io.holdfast.cli.LiveLine.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aStatusTellsEventsRateEventTimeAndCheckpoint() {
        Status status =
                new Status(
                        Duration.ofMillis(12_345),
                        4_120_000,
                        402_113,
                        OptionalLong.of(Instant.parse("2015-07-15T00:06:52Z").toEpochMilli()),
                        Optional.of(new Checkpoint(6, 1_258_291, Duration.ofMillis(48))),
                        0,
                        Optional.empty());
        assertThat(LiveLine.text(status))
                .isEqualTo(
                        "12.3 s  4,120,000 events  402,113/s  event time 2015-07-15T00:06:52Z"
                                + "  checkpoint 6 (1.2 MiB in 48 ms)");
    }

    @Test
    void whatIsNotThereYetIsLeftOutAndFailuresAreCounted() {
        assertThat(LiveLine.text(at(Duration.ofSeconds(1), 2)))
                .isEqualTo("1.0 s  5 events  5/s  no checkpoint yet  2 failed  the disk is full");
    }

    @Test
    void onATerminalOneLineIsWrittenAnewAndFits() {
        LiveLine line = new LiveLine(out, true, 20);
        line.show(at(Duration.ofSeconds(1), 0));
        line.show(at(Duration.ofSeconds(2), 0));
        line.above("a warning");
        assertThat(printed())
                .doesNotContain("events  5/s")
                .endsWith("\r\033[Ka warning" + System.lineSeparator());
        assertThat(printed().lines().filter(text -> text.contains("warning"))).hasSize(1);
        assertThat(printed().split("\033\\[K")).allMatch(part -> part.length() <= 20);
    }

    @Test
    void elsewhereAPlainLineComesEveryFewSeconds() {
        LiveLine line = new LiveLine(out, false, 80);
        for (int second = 1; second <= 20; second++) {
            line.show(at(Duration.ofSeconds(second), 0));
        }
        assertThat(printed().lines().map(text -> text.substring(0, text.indexOf(" s"))))
                .containsExactly("5.0", "10.0", "15.0", "20.0");
        assertThat(printed()).doesNotContain("\r").doesNotContain("\033");
    }

    private static Status at(Duration elapsed, long failed) {
        return new Status(
                elapsed,
                5,
                5,
                OptionalLong.empty(),
                Optional.empty(),
                failed,
                failed > 0 ? Optional.of("the disk is full") : Optional.empty());
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
