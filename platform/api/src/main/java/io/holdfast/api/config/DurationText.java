package io.holdfast.api.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Durations as text: digits, optional blanks, a unit in any case; without a unit, milliseconds. */
final class DurationText {
    private record Unit(Duration length, String printed, List<String> names) {}

    // Longest first; a trailing s of the longer names is optional and not listed.
    private static final List<Unit> UNITS =
            List.of(
                    new Unit(Duration.ofDays(1), "d", List.of("d", "day")),
                    new Unit(Duration.ofHours(1), "h", List.of("h", "hour")),
                    new Unit(Duration.ofMinutes(1), "min", List.of("min", "m", "minute")),
                    new Unit(Duration.ofSeconds(1), "s", List.of("s", "sec", "second")),
                    new Unit(Duration.ofMillis(1), "ms", List.of("ms", "milli", "millisecond", "")),
                    new Unit(Duration.ofNanos(1000), "µs", List.of("µs", "micro", "microsecond")),
                    new Unit(Duration.ofNanos(1), "ns", List.of("ns", "nano", "nanosecond")));

    private static final List<String> WITHOUT_PLURAL =
            List.of("", "d", "h", "min", "m", "s", "ms", "µs", "ns");

    private DurationText() {}

    static Duration parse(String text) {
        String trimmed = text.strip();
        int digits = ValueType.leadingDigits(trimmed);
        if (digits == 0) {
            throw new IllegalArgumentException("it does not start with a digit");
        }
        Unit unit = unit(trimmed.substring(digits).strip().toLowerCase(Locale.ROOT));
        BigInteger count = new BigInteger(trimmed.substring(0, digits));
        try {
            return unit.length().multipliedBy(count.longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("it is too long");
        }
    }

    private static Unit unit(String name) {
        return UNITS.stream()
                .filter(unit -> unit.names().stream().anyMatch(known -> matches(name, known)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + name + "' is not a unit of time"));
    }

    private static boolean matches(String name, String known) {
        return name.equals(known) || (!WITHOUT_PLURAL.contains(known) && name.equals(known + "s"));
    }

    /** In the longest unit that divides it, such as {@code 10 min}; nothing is {@code 0 ms}. */
    static String format(Duration duration) {
        if (duration.isZero()) {
            return "0 ms";
        }
        for (Unit unit : UNITS) {
            long count = duration.dividedBy(unit.length());
            if (unit.length().multipliedBy(count).equals(duration)) {
                return count + " " + unit.printed();
            }
        }
        throw new AssertionError("every duration is a number of nanoseconds: " + duration);
    }
}
