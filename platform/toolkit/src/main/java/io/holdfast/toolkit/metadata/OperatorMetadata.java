package io.holdfast.toolkit.metadata;

import io.holdfast.spi.snapshot.KeyGroupRange;
import java.util.List;
import java.util.Objects;

/**
 * One operator of a job, as a checkpoint found it.
 *
 * @param id identifies the operator over restarts and changes of the job
 * @param name for people; may change
 * @param parallelism number of its subtasks, from 1
 * @param maxParallelism number of its key groups, from {@code parallelism} to {@value
 *     KeyGroupRange#MAX_KEY_GROUPS}
 * @param subtasks the state of each subtask, in their order
 */
public record OperatorMetadata(
        String id,
        String name,
        int parallelism,
        int maxParallelism,
        List<OperatorSnapshot> subtasks) {

    /** Refuses null and numbers that do not fit each other, copies the list. */
    public OperatorMetadata {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        subtasks = List.copyOf(subtasks);
        if (parallelism < 1
                || maxParallelism < parallelism
                || maxParallelism > KeyGroupRange.MAX_KEY_GROUPS
                || subtasks.size() != parallelism) {
            throw new IllegalArgumentException(
                    "operator %s: parallelism %d, max parallelism %d, state of %d subtasks"
                            .formatted(id, parallelism, maxParallelism, subtasks.size()));
        }
    }

    /**
     * Tells whether any subtask has state.
     *
     * @return true if so
     */
    public boolean hasState() {
        return subtasks.stream().anyMatch(subtask -> !subtask.isEmpty());
    }
}
