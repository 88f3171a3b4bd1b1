package io.holdfast.api.process;

import java.util.Objects;

/**
 * Names a side output.
 *
 * @param id unique in the operator
 * @param <T> type of the records
 */
public record OutputTag<T>(String id) {
    /** Refuses null. */
    public OutputTag {
        Objects.requireNonNull(id, "id");
    }
}
