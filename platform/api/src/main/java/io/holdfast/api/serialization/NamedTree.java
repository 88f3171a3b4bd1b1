package io.holdfast.api.serialization;

import java.util.LinkedHashMap;

/** A value of a record, a POJO or a sealed type as a tree that prints with its name. */
final class NamedTree extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * Without members.
     *
     * @param name printed in front of the members; empty for a choice, which prints as what was
     *     chosen
     */
    NamedTree(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        if (!name.isEmpty()) {
            return name + super.toString();
        }
        Object chosen = values().iterator().next();
        return chosen instanceof NamedTree ? chosen.toString() : super.toString();
    }
}
