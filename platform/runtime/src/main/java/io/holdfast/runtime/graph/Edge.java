package io.holdfast.runtime.graph;

import io.holdfast.api.function.KeySelector;
import io.holdfast.api.process.OutputTag;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an input of an operator comes from.
 *
 * @param from the producer
 * @param side the side output of the producer, or empty for its main output
 * @param routing how records find their subtask
 * @param key chooses the key; present if {@code routing} is by key
 * @param input which input of the consumer it feeds, 0 or 1
 */
public record Edge(
        Node from,
        Optional<OutputTag<?>> side,
        Routing routing,
        Optional<KeySelector<Object, ?>> key,
        int input) {
    /** Refuses null. */
    public Edge {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(routing, "routing");
        Objects.requireNonNull(key, "key");
    }
}
