package io.holdfast.control.view;

import java.util.Objects;

/**
 * A job that runs.
 *
 * @param id names its checkpoints
 * @param name for people
 * @param status where it is in its life, such as {@code RUNNING}
 * @param backend the state backend that holds its state, with its module
 */
public record JobView(String id, String name, String status, String backend) {
    /** Refuses null. */
    public JobView {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(backend, "backend");
    }
}
