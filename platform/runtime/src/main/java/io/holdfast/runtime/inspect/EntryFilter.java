package io.holdfast.runtime.inspect;

import java.util.Objects;
import java.util.Optional;

/**
 * Which entries are wanted.
 *
 * @param operator name or id of the operator; empty for all
 * @param state name of the state; empty for all
 * @param key text of the key, as it is printed; empty for all
 */
public record EntryFilter(Optional<String> operator, Optional<String> state, Optional<String> key) {
    /** Every entry. */
    public static final EntryFilter ALL =
            new EntryFilter(Optional.empty(), Optional.empty(), Optional.empty());

    /** Refuses null. */
    public EntryFilter {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(key, "key");
    }

    boolean takesState(String name) {
        return state.isEmpty() || state.get().equals(name);
    }

    boolean takesKey(Object read) {
        return key.isEmpty() || key.get().equals(String.valueOf(read));
    }

    boolean takesOperator(String id, String name) {
        return operator.isEmpty() || operator.get().equals(id) || operator.get().equals(name);
    }
}
