package io.holdfast.itests.worlds;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.LongStream;

/** Durations that are measured and printed, never judged. */
final class Times {
    private final LongStream.Builder nanos = LongStream.builder();

    void add(Duration duration) {
        nanos.add(duration.toNanos());
    }

    void since(long start) {
        nanos.add(System.nanoTime() - start);
    }

    @Override
    public String toString() {
        long[] sorted = nanos.build().sorted().toArray();
        return sorted.length == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "median %.1f ms, p90 %.1f ms, max %.1f ms (n=%d)",
                        millis(sorted, 0.5),
                        millis(sorted, 0.9),
                        millis(sorted, 1),
                        Arrays.stream(sorted).count());
    }

    private static double millis(long[] sorted, double part) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * part))] / 1e6;
    }
}
