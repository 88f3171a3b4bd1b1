package io.holdfast.backend.hashmap;

import io.holdfast.toolkit.canonical.StateSchema;

/** Schemas of states as people read them. */
final class Schemas {
    private Schemas() {}

    /** Kind and types of a state: {@code MAP from string to long, by namespace void}. */
    static String types(StateSchema schema) {
        StringBuilder text = new StringBuilder(schema.kind().name());
        schema.mapKey().ifPresent(key -> text.append(" from ").append(key).append(" to"));
        schema.value()
                .ifPresent(
                        value ->
                                text.append(schema.mapKey().isPresent() ? " " : " of ")
                                        .append(value));
        return text.append(", by namespace ").append(schema.namespace()).toString();
    }
}
