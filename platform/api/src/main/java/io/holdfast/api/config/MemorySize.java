package io.holdfast.api.config;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * An amount of memory in whole bytes, never negative.
 *
 * <p>Read from text as digits, optional blanks and an optional unit; units are powers of 1024 in
 * any case: {@code b, k, m, g, t}, {@code kb, mb, gb, tb}, {@code bytes, kibibytes, mebibytes,
 * gibibytes, tebibytes}. Without a unit the number counts bytes.
 *
 * @param bytes how many bytes, 0 or more
 */
public record MemorySize(long bytes) implements Comparable<MemorySize> {
    /** No memory. */
    public static final MemorySize ZERO = new MemorySize(0);

    private record Unit(long factor, String printed, List<String> names) {}

    private static final List<Unit> UNITS =
            List.of(
                    new Unit(1L << 40, "tb", List.of("t", "tb", "tebibytes")),
                    new Unit(1L << 30, "gb", List.of("g", "gb", "gibibytes")),
                    new Unit(1L << 20, "mb", List.of("m", "mb", "mebibytes")),
                    new Unit(1L << 10, "kb", List.of("k", "kb", "kibibytes")),
                    new Unit(1L, "bytes", List.of("", "b", "bytes")));

    /** Refuses negative amounts. */
    public MemorySize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a memory size cannot be negative: " + bytes);
        }
    }

    /**
     * An amount counted in bytes.
     *
     * @param count 0 or more
     * @return the amount
     */
    public static MemorySize ofBytes(long count) {
        return new MemorySize(count);
    }

    /**
     * An amount counted in KiB.
     *
     * @param count 0 or more
     * @return the amount
     */
    public static MemorySize ofKibi(long count) {
        return new MemorySize(Math.multiplyExact(count, 1L << 10));
    }

    /**
     * An amount counted in MiB.
     *
     * @param count 0 or more
     * @return the amount
     */
    public static MemorySize ofMebi(long count) {
        return new MemorySize(Math.multiplyExact(count, 1L << 20));
    }

    /**
     * An amount counted in GiB.
     *
     * @param count 0 or more
     * @return the amount
     */
    public static MemorySize ofGibi(long count) {
        return new MemorySize(Math.multiplyExact(count, 1L << 30));
    }

    /**
     * Reads a size from text.
     *
     * @param text such as {@code 64mb}, {@code 20 kb} or {@code 4096}
     * @return the amount
     * @throws IllegalArgumentException if the text is no size or does not fit 63 bits; the message
     *     says why
     */
    public static MemorySize parse(String text) {
        String trimmed = text.strip();
        int digits = ValueType.leadingDigits(trimmed);
        if (digits == 0) {
            throw new IllegalArgumentException("it does not start with a digit");
        }
        String name = trimmed.substring(digits).strip().toLowerCase(Locale.ROOT);
        Unit unit =
                UNITS.stream()
                        .filter(candidate -> candidate.names().contains(name))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "'" + name + "' is not a unit of memory"));
        BigInteger bytes =
                new BigInteger(trimmed.substring(0, digits))
                        .multiply(BigInteger.valueOf(unit.factor()));
        if (bytes.bitLength() > 63) {
            throw new IllegalArgumentException("it is more than 2^63 - 1 bytes");
        }
        return new MemorySize(bytes.longValueExact());
    }

    @Override
    public int compareTo(MemorySize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The amount in the largest unit that divides it, such as {@code 64 mb}. */
    @Override
    public String toString() {
        Unit unit =
                UNITS.stream()
                        .filter(candidate -> bytes != 0 && bytes % candidate.factor() == 0)
                        .findFirst()
                        .orElse(UNITS.get(UNITS.size() - 1));
        return bytes / unit.factor() + " " + unit.printed();
    }
}
