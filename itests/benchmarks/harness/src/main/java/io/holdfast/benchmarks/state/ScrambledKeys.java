package io.holdfast.benchmarks.state;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Distinct 64-bit keys without any order that a table or a cache could profit from; the same ones
 * in every run.
 */
public final class ScrambledKeys {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long SEED = 42;

    private ScrambledKeys() {}

    /** The first {@code count} keys, in the order in which they are inserted. */
    static long[] inInsertionOrder(int count) {
        long[] keys = new long[count];
        Arrays.setAll(keys, ScrambledKeys::at);
        return keys;
    }

    /**
     * The same keys in another order.
     *
     * <p>A store that allocates an object per entry has neighbours in insertion order beside each
     * other in memory; visiting them in that order would measure the prefetcher of the processor.
     */
    static long[] inAccessOrder(int count) {
        long[] keys = inInsertionOrder(count);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int last = count - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            long key = keys[last];
            keys[last] = keys[other];
            keys[other] = key;
        }
        return keys;
    }

    /**
     * Key number {@code position}: a bijection on 64 bits (the finalizer of SplitMix64), so
     * different positions give different keys.
     */
    public static long at(long position) {
        long z = (position + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
