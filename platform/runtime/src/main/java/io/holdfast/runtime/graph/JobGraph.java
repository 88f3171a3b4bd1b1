package io.holdfast.runtime.graph;

import io.holdfast.api.error.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A job as it is run: chains, and the exchanges between them. Immutable.
 *
 * @param chains the chains, producers before consumers
 */
public record JobGraph(List<Chain> chains) {

    /** Copies the list. */
    public JobGraph {
        chains = List.copyOf(chains);
    }

    /**
     * Plans how to run what a program asked for.
     *
     * @param nodes all operators, producers before consumers
     * @param defaultParallelism number of subtasks where the program gave none
     * @return the graph
     * @throws io.holdfast.api.error.HoldfastException JOB-6003 if there is no operator, JOB-6004 if
     *     two have the same uid
     */
    public static JobGraph of(List<Node> nodes, int defaultParallelism) {
        if (nodes.isEmpty()) {
            throw Problem.user("JOB-6003", "The job has no operators.")
                    .advise("call fromSource or fromCollection and build on it before execute")
                    .exception();
        }
        return new Planner(nodes, defaultParallelism).plan();
    }

    /**
     * Number of subtasks of the chain with the most.
     *
     * @return 1 or more
     */
    public int slots() {
        return chains.stream().mapToInt(Chain::parallelism).max().orElseThrow();
    }

    private static final class Planner {
        private final List<Node> nodes;
        private final int defaultParallelism;
        private final Map<Node, String> ids = new IdentityHashMap<>();
        private final Map<Node, Integer> chainOf = new IdentityHashMap<>();
        private final Map<Node, List<Node>> chainedBehind = new IdentityHashMap<>();
        private final Map<Node, List<Exchange>> exchangesFrom = new IdentityHashMap<>();
        private final Map<Node, List<Exchange>> exchangesTo = new IdentityHashMap<>();

        Planner(List<Node> nodes, int defaultParallelism) {
            this.nodes = nodes;
            this.defaultParallelism = defaultParallelism;
        }

        JobGraph plan() {
            identify();
            List<Node> heads = new ArrayList<>();
            int exchanges = 0;
            for (Node node : nodes) {
                if (isChained(node)) {
                    Node before = node.inputs().get(0).from();
                    chainOf.put(node, chainOf.get(before));
                    chainedBehind.computeIfAbsent(before, key -> new ArrayList<>()).add(node);
                    continue;
                }
                chainOf.put(node, heads.size());
                for (Edge edge : node.inputs()) {
                    Exchange exchange = new Exchange(exchanges++, routed(edge, node), heads.size());
                    exchangesFrom
                            .computeIfAbsent(edge.from(), key -> new ArrayList<>())
                            .add(exchange);
                    exchangesTo.computeIfAbsent(node, key -> new ArrayList<>()).add(exchange);
                }
                heads.add(node);
            }
            List<Chain> chains = new ArrayList<>();
            for (Node head : heads) {
                chains.add(
                        new Chain(
                                chains.size(),
                                operator(head),
                                parallelism(head),
                                exchangesTo.getOrDefault(head, List.of())));
            }
            return new JobGraph(chains);
        }

        private void identify() {
            Map<String, Node> byId = new HashMap<>();
            for (int i = 0; i < nodes.size(); i++) {
                Node node = nodes.get(i);
                String inputs =
                        node.inputs().stream()
                                .map(edge -> ids.get(edge.from()) + "/" + edge.input())
                                .collect(Collectors.joining(","));
                String id = OperatorIds.of(node.uid().orElse("operator " + i + " of " + inputs));
                ids.put(node, id);
                Node other = byId.put(id, node);
                if (other != null) {
                    throw Problem.user(
                                    "JOB-6004",
                                    "Two operators have the uid '%s'."
                                            .formatted(node.uid().orElse(id)))
                            .with("operators", other.name() + "; " + node.name())
                            .advise("give each operator a uid of its own")
                            .exception();
                }
            }
        }

        private int parallelism(Node node) {
            return node.parallelism().orElse(defaultParallelism);
        }

        private boolean isChained(Node node) {
            if (node.inputs().size() != 1) {
                return false;
            }
            Edge edge = node.inputs().get(0);
            return edge.routing() == Routing.FORWARD
                    && parallelism(edge.from()) == parallelism(node);
        }

        private Edge routed(Edge edge, Node consumer) {
            if (edge.routing() != Routing.FORWARD
                    || parallelism(edge.from()) == parallelism(consumer)) {
                return edge;
            }
            return new Edge(edge.from(), edge.side(), Routing.REBALANCE, edge.key(), edge.input());
        }

        private ChainedOperator operator(Node node) {
            List<ChainedOperator.Next> next = new ArrayList<>();
            for (Node behind : chainedBehind.getOrDefault(node, List.of())) {
                next.add(new ChainedOperator.Next(behind.inputs().get(0).side(), operator(behind)));
            }
            return new ChainedOperator(
                    ids.get(node),
                    node.name(),
                    node.body(),
                    next,
                    exchangesFrom.getOrDefault(node, List.of()));
        }
    }
}
