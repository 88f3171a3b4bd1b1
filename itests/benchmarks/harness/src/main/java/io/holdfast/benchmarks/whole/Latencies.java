package io.holdfast.benchmarks.whole;

/** How long each of many accesses took, to about one and a half per cent. */
final class Latencies {

    private static final int BITS = 6;
    private static final int PARTS = 1 << BITS;

    /** Number of accesses for each power of two and each of its parts. */
    private final long[] counts = new long[Long.SIZE * PARTS];

    private long count;
    private long max;

    /** Adds an access. */
    void add(long nanos) {
        counts[bucket(nanos)]++;
        count++;
        max = Math.max(max, nanos);
    }

    private static int bucket(long nanos) {
        int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(nanos, PARTS));
        return (power - BITS) * PARTS + (int) (nanos >>> power - BITS);
    }

    /** The time that a share of the accesses did not exceed, in nanoseconds; 0 without any. */
    double quantile(double share) {
        long rest = (long) Math.ceil(share * count);
        for (int bucket = 0; bucket < counts.length && rest > 0; bucket++) {
            rest -= counts[bucket];
            if (rest <= 0) {
                return upperBound(bucket);
            }
        }
        return 0;
    }

    private static double upperBound(int bucket) {
        int power = bucket < PARTS ? 0 : bucket / PARTS - 1;
        long part = bucket < PARTS ? bucket : PARTS + bucket % PARTS;
        return (double) (part + 1 << power) - 1;
    }

    /** The longest access in nanoseconds. */
    double max() {
        return max;
    }
}
