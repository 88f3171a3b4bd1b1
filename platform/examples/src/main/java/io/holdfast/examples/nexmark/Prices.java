package io.holdfast.examples.nexmark;

/**
 * Prices of 1 to 1,000,000 dollars whose logarithm is uniform: as many between 1 and 10 as between
 * 100,000 and a million.
 *
 * <p>{@link Math#pow} may differ in the last bit from one machine to the next, and {@link
 * StrictMath#pow} takes longer than all the rest of a bid. So the curve from 1 to 10 is a table
 * with straight lines between 1,024 points (relative error below 10^-6), and the decade is drawn
 * apart.
 */
final class Prices {
    private static final int POINT_BITS = 10;
    private static final int POINTS = 1 << POINT_BITS;
    private static final int REST_BITS = 32 - POINT_BITS;
    private static final long[] CENTS_IN_DECADE = {
        100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000
    };
    private static final double[] CURVE = new double[POINTS + 1];

    static {
        for (int i = 0; i <= POINTS; i++) {
            CURVE[i] = StrictMath.pow(10, i / (double) POINTS);
        }
    }

    private Prices() {}

    /** A price in cents, 100 … 100,000,000, made of 64 uniform bits. */
    static long cents(long bits) {
        long decade = CENTS_IN_DECADE[EventRandom.upper(bits, CENTS_IN_DECADE.length)];
        int place = (int) bits;
        int point = place >>> REST_BITS;
        double rest = (place & ((1 << REST_BITS) - 1)) / (double) (1 << REST_BITS);
        double factor = CURVE[point] + (CURVE[point + 1] - CURVE[point]) * rest;
        return (long) (factor * decade + 0.5);
    }
}
