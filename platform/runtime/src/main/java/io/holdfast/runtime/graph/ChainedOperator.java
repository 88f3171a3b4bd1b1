package io.holdfast.runtime.graph;

import io.holdfast.api.process.OutputTag;
import java.util.List;
import java.util.Optional;

/**
 * An operator in a chain.
 *
 * @param id identifies its state: 32 hexadecimal digits
 * @param name for people
 * @param body what it does
 * @param next the operators behind it in the chain
 * @param exchanges what it emits to other chains
 */
public record ChainedOperator(
        String id, String name, Body body, List<Next> next, List<Exchange> exchanges) {

    /** Copies the lists. */
    public ChainedOperator {
        next = List.copyOf(next);
        exchanges = List.copyOf(exchanges);
    }

    /**
     * An operator behind another one.
     *
     * @param side which side output feeds it, or empty for the main one
     * @param operator the operator
     */
    public record Next(Optional<OutputTag<?>> side, ChainedOperator operator) {}
}
