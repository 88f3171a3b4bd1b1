package io.holdfast.runtime.operator;

import io.holdfast.runtime.state.OperatorStates;
import io.holdfast.runtime.state.RawKeyedState;
import io.holdfast.toolkit.expiring.ExpiringStates;
import java.util.Objects;
import java.util.Optional;

/**
 * All state of one operator in one subtask.
 *
 * @param restored whether the job continues from a checkpoint
 * @param withoutKeys its operator state
 * @param keyed its keyed state, if its input has keys
 * @param rawKeyed the bytes its function keeps by key group, if its input has keys
 */
public record OperatorStateAccess(
        boolean restored,
        OperatorStates withoutKeys,
        Optional<ExpiringStates<?>> keyed,
        Optional<RawKeyedState> rawKeyed) {
    /** Refuses null. */
    public OperatorStateAccess {
        Objects.requireNonNull(withoutKeys, "withoutKeys");
        Objects.requireNonNull(keyed, "keyed");
        Objects.requireNonNull(rawKeyed, "rawKeyed");
    }
}
