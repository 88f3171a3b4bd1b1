package io.holdfast.runtime.checkpoint;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * One operator of the job that runs or is to be restored.
 *
 * @param id identifies the operator over restarts and changes of the job
 * @param name for people
 * @param parallelism number of its subtasks
 * @param maxParallelism number of its key groups; empty if the job leaves it open, which only a
 *     restore may
 */
public record OperatorLayout(String id, String name, int parallelism, OptionalInt maxParallelism) {
    /** Refuses null. */
    public OperatorLayout {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(maxParallelism, "maxParallelism");
    }

    /**
     * An operator whose max parallelism is fixed.
     *
     * @param id identifies the operator
     * @param name for people
     * @param parallelism number of its subtasks
     * @param maxParallelism number of its key groups
     */
    public OperatorLayout(String id, String name, int parallelism, int maxParallelism) {
        this(id, name, parallelism, OptionalInt.of(maxParallelism));
    }
}
