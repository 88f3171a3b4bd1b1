package io.holdfast.benchmarks.whole;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * The values of a state: what stands under the key in a position after it was written a number of
 * times.
 *
 * @param <V> type of the values
 */
abstract class Values<V> {

    private final Class<V> type;

    private Values(Class<V> type) {
        this.type = type;
    }

    /** Class of the values. */
    final Class<V> type() {
        return type;
    }

    /** A value equal to all others of the same position and version; may be one object. */
    abstract V of(int position, byte version);

    /** The same as an object of its own, as it comes from a stream. */
    abstract V fresh(int position, byte version);

    /** By name: {@code long}, or {@code string} for one of 100 characters. */
    static Values<?> named(String name) {
        return switch (name) {
            case "long" -> new Longs();
            case "string" -> new Strings();
            default ->
                    throw new IllegalArgumentException(
                            "No values named '" + name + "'; there are long, string");
        };
    }

    private static final class Longs extends Values<Long> {
        private static final long VERSION = 1_000_003L << 20;

        Longs() {
            super(Long.class);
        }

        @Override
        Long of(int position, byte version) {
            return position + (1 + Byte.toUnsignedInt(version)) * VERSION;
        }

        @Override
        Long fresh(int position, byte version) {
            return of(position, version);
        }
    }

    private static final class Strings extends Values<String> {
        private static final int LENGTH = 100;
        private static final int DIFFERENT = 1 << 16;
        private static final int STEP = 7_919;

        private final String[] texts = new String[DIFFERENT];

        Strings() {
            super(String.class);
            SplittableRandom random = new SplittableRandom(11);
            byte[] bytes = new byte[LENGTH / 2];
            for (int i = 0; i < DIFFERENT; i++) {
                random.nextBytes(bytes);
                texts[i] = HexFormat.of().formatHex(bytes);
            }
        }

        @Override
        String of(int position, byte version) {
            return texts[position + version * STEP & DIFFERENT - 1];
        }

        @Override
        String fresh(int position, byte version) {
            return new String(
                    of(position, version).getBytes(StandardCharsets.ISO_8859_1),
                    StandardCharsets.ISO_8859_1);
        }
    }
}
