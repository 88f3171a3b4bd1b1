package io.holdfast.cli;

import io.holdfast.cli.output.Amounts;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Shows how far a job is: on a terminal one line that is written anew every second, elsewhere a
 * plain line every few seconds. Lines of other content are printed above it. May be used by several
 * threads.
 */
final class LiveLine {
    private static final Duration BETWEEN_PLAIN_LINES = Duration.ofSeconds(5);
    private static final String ERASE = "\r\033[K";

    /**
     * How far a job is.
     *
     * @param elapsed since the job was started
     * @param events read by the sources so far
     * @param eventsPerSecond lately
     * @param eventTime lowest watermark, or empty before the first and behind the last
     * @param checkpoint the last one that was completed
     * @param failedCheckpoints how many were not
     * @param failure why there is none after the last completed one, if one was tried
     */
    record Status(
            Duration elapsed,
            long events,
            long eventsPerSecond,
            OptionalLong eventTime,
            Optional<Checkpoint> checkpoint,
            long failedCheckpoints,
            Optional<String> failure) {}

    /** A completed checkpoint. */
    record Checkpoint(long id, long bytes, Duration duration) {
        @Override
        public String toString() {
            return "%d (%s in %s)".formatted(id, Amounts.bytes(bytes), Amounts.time(duration));
        }
    }

    private final PrintStream out;
    private final boolean inPlace;
    private final int columns;
    private Duration lastPlain = Duration.ZERO;
    private boolean shown;

    LiveLine(PrintStream out, boolean inPlace, int columns) {
        this.out = out;
        this.inPlace = inPlace;
        this.columns = columns;
    }

    /** Shows a status. */
    synchronized void show(Status status) {
        String line = text(status);
        if (inPlace) {
            String fitting = line.length() < columns ? line : line.substring(0, columns - 1);
            out.print(ERASE + fitting);
            out.flush();
            shown = true;
        } else if (status.elapsed().minus(lastPlain).compareTo(BETWEEN_PLAIN_LINES) >= 0) {
            lastPlain = status.elapsed();
            out.println(line);
        }
    }

    /** Prints a line of its own; the status comes back below it with the next {@link #show}. */
    synchronized void above(String line) {
        end();
        out.println(line);
    }

    /** Takes the line that is written anew away. */
    synchronized void end() {
        if (shown) {
            out.print(ERASE);
            out.flush();
            shown = false;
        }
    }

    static String text(Status status) {
        List<String> parts = new ArrayList<>();
        parts.add(Amounts.time(Duration.ofMillis(status.elapsed().toMillis() / 100 * 100)));
        parts.add(Amounts.count(status.events()) + " events");
        parts.add(Amounts.count(status.eventsPerSecond()) + "/s");
        status.eventTime().ifPresent(time -> parts.add("event time " + Instant.ofEpochMilli(time)));
        parts.add(
                status.checkpoint()
                        .map(checkpoint -> "checkpoint " + checkpoint)
                        .orElse("no checkpoint yet"));
        if (status.failedCheckpoints() > 0) {
            parts.add(status.failedCheckpoints() + " failed");
        }
        status.failure().ifPresent(parts::add);
        return String.join("  ", parts);
    }
}
