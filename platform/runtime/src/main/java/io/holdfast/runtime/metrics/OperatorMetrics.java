package io.holdfast.runtime.metrics;

import java.util.Objects;

/**
 * What one operator counted in all subtasks, since the job began in this process; what is processed
 * again after a restart is counted again.
 *
 * @param id the operator's id
 * @param name its name
 * @param source whether it reads a source
 * @param parallelism number of its subtasks
 * @param recordsIn records it got; 0 for a source
 * @param recordsOut records it emitted
 * @param recordsLate records it dropped because they came too late and no side output takes them
 */
public record OperatorMetrics(
        String id,
        String name,
        boolean source,
        int parallelism,
        long recordsIn,
        long recordsOut,
        long recordsLate) {
    /** Refuses null. */
    public OperatorMetrics {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
    }
}
