package io.holdfast.runtime.inspect;

import io.holdfast.api.error.Problem;
import io.holdfast.toolkit.metadata.OperatorMetadata;
import java.util.List;
import java.util.Objects;

/**
 * One operator in a checkpoint.
 *
 * @param operator what the metadata say of it
 * @param states its states, those with keys first
 * @param unread why some of its state could not be looked into; none if all was
 */
public record OperatorContents(
        OperatorMetadata operator, List<StateContents> states, List<Problem> unread) {
    /** Refuses null, copies the lists. */
    public OperatorContents {
        Objects.requireNonNull(operator, "operator");
        states = List.copyOf(states);
        unread = List.copyOf(unread);
    }
}
