package io.holdfast.backend.hashmap;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;

/** An aggregating state: the content of an entry is the accumulator, changed in place. */
final class HeapAggregating<K, N, I, A, O> extends TableState<K, N, A>
        implements Namespaced.Aggregating<N, I, O> {
    private final AggregateFunction<I, A, O> function;
    private final Serializer<A> serializer;

    HeapAggregating(
            Parts<K, N, A> parts, AggregateFunction<I, A, O> function, Serializer<A> serializer) {
        super(parts);
        this.function = function;
        this.serializer = serializer;
    }

    @Override
    public O get() {
        A accumulator = handOut(serializer);
        return accumulator == null ? null : function.getResult(accumulator);
    }

    @Override
    public void add(I value) {
        if (value == null) {
            throw Refusals.nullElement(owner(), name());
        }
        A before = forChange(serializer);
        store(function.add(value, before == null ? function.createAccumulator() : before));
    }

    private void store(A accumulator) {
        if (accumulator == null) {
            clear();
        } else {
            put(accumulator);
        }
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        A moved = null;
        for (N source : sources) {
            setCurrentNamespace(source);
            A own = forChange(serializer);
            if (own != null) {
                clear();
                moved = moved == null ? own : function.merge(moved, own);
            }
        }
        if (moved != null) {
            setCurrentNamespace(target);
            A before = forChange(serializer);
            store(before == null ? moved : function.merge(before, moved));
        }
    }
}
