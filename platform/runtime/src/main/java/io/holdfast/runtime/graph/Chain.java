package io.holdfast.runtime.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Operators that share a thread in each subtask.
 *
 * @param index position in {@link JobGraph#chains()}
 * @param head the operator that the records come to first
 * @param parallelism number of subtasks
 * @param inputs the exchanges it consumes; none if its head is a source
 */
public record Chain(int index, ChainedOperator head, int parallelism, List<Exchange> inputs) {
    /** Copies the list. */
    public Chain {
        inputs = List.copyOf(inputs);
    }

    /**
     * The operators, each before those behind it.
     *
     * @return at least the head
     */
    public List<ChainedOperator> operators() {
        List<ChainedOperator> all = new ArrayList<>();
        collect(head, all);
        return all;
    }

    private static void collect(ChainedOperator operator, List<ChainedOperator> all) {
        all.add(operator);
        operator.next().forEach(next -> collect(next.operator(), all));
    }

    /**
     * Names the chain.
     *
     * @return the names of its operators
     */
    public String name() {
        return operators().stream().map(ChainedOperator::name).collect(Collectors.joining(" -> "));
    }
}
