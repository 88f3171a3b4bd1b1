package io.holdfast.runtime.operator;

/** The arithmetic of watermarks. */
public final class Watermarks {
    private Watermarks() {}

    /**
     * The watermark where a highest time was seen.
     *
     * @param highest the highest time, {@link Long#MIN_VALUE} if none was seen
     * @param disorder how far back records may be, 0 or more
     * @return the watermark; {@link Long#MIN_VALUE} instead of wrapping round
     */
    public static long of(long highest, long disorder) {
        long lag = disorder == Long.MAX_VALUE ? disorder : disorder + 1;
        return highest < Long.MIN_VALUE + lag ? Long.MIN_VALUE : highest - lag;
    }
}
