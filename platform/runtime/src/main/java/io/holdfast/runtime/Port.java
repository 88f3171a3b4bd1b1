package io.holdfast.runtime;

import io.holdfast.api.function.KeySelector;
import io.holdfast.api.process.OutputTag;
import io.holdfast.runtime.graph.Edge;
import io.holdfast.runtime.graph.Node;
import io.holdfast.runtime.graph.Routing;
import java.util.Optional;

/** An output of an operator, and how its records are to be spread. */
record Port(Node node, Optional<OutputTag<?>> side, Routing routing) {

    Port routed(Routing other) {
        return new Port(node, side, other);
    }

    Edge edge(int input) {
        return new Edge(node, side, routing, Optional.empty(), input);
    }

    @SuppressWarnings("unchecked")
    <T> Edge keyed(KeySelector<T, ?> selector, int input) {
        return new Edge(
                node, side, Routing.BY_KEY, Optional.of((KeySelector<Object, ?>) selector), input);
    }
}
