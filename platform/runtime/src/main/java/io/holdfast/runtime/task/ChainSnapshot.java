package io.holdfast.runtime.task;

import io.holdfast.runtime.state.OperatorStateSnapshot;
import io.holdfast.runtime.state.RawKeyedSnapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the operators of a chain hold at one moment, apart from the state in the backend.
 *
 * @param operatorStates operator state by id of the operator, where there is any
 * @param rawKeyed raw keyed state of the head, if there is any
 */
record ChainSnapshot(
        Map<String, OperatorStateSnapshot> operatorStates, Optional<RawKeyedSnapshot> rawKeyed) {
    ChainSnapshot {
        operatorStates = Collections.unmodifiableMap(new LinkedHashMap<>(operatorStates));
    }
}
