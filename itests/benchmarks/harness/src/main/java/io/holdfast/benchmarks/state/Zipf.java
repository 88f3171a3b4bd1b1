package io.holdfast.benchmarks.state;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws as they are made in practice: the item in place n of popularity is drawn with a probability
 * proportional to 1 / n<sup>0.99</sup>, the skew that YCSB made customary. The same draws in every
 * run.
 */
final class Zipf {

    private static final double SKEW = 0.99;
    private static final long SEED = 7;

    private Zipf() {}

    /** Draws items 0 to {@code items - 1}, of which 0 is the most popular. */
    static int[] draws(int items, int count) {
        double[] upTo = new double[items];
        double sum = 0;
        for (int i = 0; i < items; i++) {
            sum += Math.pow(i + 1, -SKEW);
            upTo[i] = sum;
        }
        SplittableRandom random = new SplittableRandom(SEED);
        int[] draws = new int[count];
        for (int i = 0; i < count; i++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble() * sum);
            draws[i] = Math.min(found < 0 ? -found - 1 : found, items - 1);
        }
        return draws;
    }
}
