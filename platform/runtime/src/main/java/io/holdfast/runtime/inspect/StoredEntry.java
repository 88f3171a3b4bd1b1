package io.holdfast.runtime.inspect;

import java.util.Objects;
import java.util.Optional;

/**
 * An entry of a state, as {@link io.holdfast.api.serialization.Serializers#generic} reads it. What
 * cannot be read that way is a text with the name of its type and its bytes in hexadecimal.
 *
 * @param operator name of the operator
 * @param state name of the state
 * @param subtask number of the subtask that wrote it
 * @param key its key; empty for a state without keys
 * @param namespace its namespace, such as a window; empty if there is but one
 * @param mapKey its map key; empty unless of a map
 * @param value its value, a list of elements for a list state, or null; the time of a timer in
 *     milliseconds
 */
public record StoredEntry(
        String operator,
        String state,
        int subtask,
        Optional<Object> key,
        Optional<Object> namespace,
        Optional<Object> mapKey,
        Object value) {
    /** Refuses null, but for the value. */
    public StoredEntry {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(mapKey, "mapKey");
    }

    /** Takes entries. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Takes one.
         *
         * @param entry the entry
         * @return false to get no more
         */
        boolean entry(StoredEntry entry);
    }
}
