package io.holdfast.runtime.metrics;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A job at one moment.
 *
 * @param status where it is in its life
 * @param restarts how often it was restarted
 * @param operators what its operators counted, producers before consumers
 * @param watermark the lowest watermark of all tasks that have one, in milliseconds of event time;
 *     empty before the first, {@link Long#MAX_VALUE} at the end
 * @param checkpoints its checkpoints
 */
public record JobMetrics(
        JobStatus status,
        int restarts,
        List<OperatorMetrics> operators,
        OptionalLong watermark,
        CheckpointMetrics checkpoints) {
    /** Refuses null, copies the list. */
    public JobMetrics {
        Objects.requireNonNull(status, "status");
        operators = List.copyOf(operators);
        Objects.requireNonNull(watermark, "watermark");
        Objects.requireNonNull(checkpoints, "checkpoints");
    }

    /**
     * Records that all operators together dropped because they came too late.
     *
     * @return the number
     */
    public long lateRecords() {
        return operators.stream().mapToLong(OperatorMetrics::recordsLate).sum();
    }

    /**
     * Records that came in from all sources.
     *
     * @return the number
     */
    public long events() {
        return operators.stream()
                .filter(OperatorMetrics::source)
                .mapToLong(OperatorMetrics::recordsOut)
                .sum();
    }
}
