package io.holdfast.api.time;

import java.time.Duration;
import java.util.Objects;

/**
 * Gives records their event time and says how far out of order they come. The watermark of a source
 * split is the highest time seen in it, less the disorder, less one millisecond; that of a subtask
 * is the lowest of its splits that are not at their end, and so on down the job. A record whose
 * time is not above the watermark is late.
 *
 * @param assigner tells when a record happened
 * @param disorder how much earlier than the highest time seen a record may be, 0 or more
 * @param <T> type of the records
 */
public record WatermarkStrategy<T>(TimestampAssigner<T> assigner, Duration disorder) {
    /** Refuses null and negative disorder. */
    public WatermarkStrategy {
        Objects.requireNonNull(assigner, "assigner");
        if (disorder.isNegative()) {
            throw new IllegalArgumentException("disorder is negative: " + disorder);
        }
    }

    /**
     * For splits whose times never go back.
     *
     * @param assigner tells when a record happened
     * @param <T> type of the records
     * @return a strategy without disorder
     */
    public static <T> WatermarkStrategy<T> ascending(TimestampAssigner<T> assigner) {
        return new WatermarkStrategy<>(assigner, Duration.ZERO);
    }

    /**
     * For splits whose times go back a bounded way.
     *
     * @param disorder the bound
     * @param assigner tells when a record happened
     * @param <T> type of the records
     * @return the strategy
     */
    public static <T> WatermarkStrategy<T> outOfOrder(
            Duration disorder, TimestampAssigner<T> assigner) {
        return new WatermarkStrategy<>(assigner, disorder);
    }
}
