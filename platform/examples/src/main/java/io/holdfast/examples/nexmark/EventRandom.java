package io.holdfast.examples.nexmark;

/**
 * Random bits that belong to one event, computed from the seed and the event's number alone.
 *
 * <p>A sequential generator would tie each event to all before it, so that a reader which starts in
 * the middle had to replay the beginning. Here a mixing function turns (seed, number) into a key
 * and (key, index) into 64 bits. Mixing the key as well keeps neighbours apart: were event <i>n</i>
 * a sequence that starts at <i>n</i> steps, its second draw would be the first draw of event
 * <i>n</i> + 1.
 */
final class EventRandom {
    /**
     * 2^64 divided by the golden ratio, odd: its multiples spread evenly over all 64-bit numbers.
     */
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private EventRandom() {}

    /** The key of one event; {@link #bits} draws from it. */
    static long key(long seed, long number) {
        return mix(mix(seed) + number * STEP);
    }

    /** Independent uniform bits for each (key, index); an index is one or more. */
    static long bits(long key, int index) {
        return mix(key + index * STEP);
    }

    /**
     * A number of 0 … bound - 1 from the upper half of the bits; uneven by less than bound / 2^32.
     */
    static int upper(long bits, int bound) {
        return (int) ((bits >>> 32) * bound >>> 32);
    }

    /**
     * A number of 0 … bound - 1 from the lower half of the bits; uneven by less than bound / 2^32.
     */
    static int lower(long bits, int bound) {
        return (int) ((bits & 0xffff_ffffL) * bound >>> 32);
    }

    /** A number of 0 … bound - 1 from all bits, for a bound of up to 2^62. */
    static long below(long bits, long bound) {
        return Math.multiplyHigh(bits >>> 1, bound << 1);
    }

    /**
     * Each bit of the argument changes each bit of the result with a chance close to one half. The
     * shifts and factors are variant 13 of David Stafford's "Better Bit Mixing" (2011), those of
     * SplitMix64.
     */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
