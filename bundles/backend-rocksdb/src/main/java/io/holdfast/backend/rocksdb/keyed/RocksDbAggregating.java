package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.function.AggregateFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.AggregatingStateDescriptor;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;

/** An aggregating state: one entry, the accumulator. */
final class RocksDbAggregating<K, N, I, A, O> extends ColumnState<K, N>
        implements Namespaced.Aggregating<N, I, O> {
    private final AggregateFunction<I, A, O> function;
    private final Serializer<A> serializer;

    RocksDbAggregating(
            Tools<K> tools,
            Column column,
            Serializer<N> namespace,
            Serializer<A> accumulator,
            AggregatingStateDescriptor<I, A, O> descriptor) {
        super(tools, descriptor.name(), column, namespace);
        this.function = descriptor.function();
        this.serializer = accumulator;
    }

    @Override
    public O get() {
        A accumulator = read(serializer);
        return accumulator == null ? null : function.getResult(accumulator);
    }

    @Override
    public void add(I value) {
        requireElement(value);
        A before = read(serializer);
        write(function.add(value, before == null ? function.createAccumulator() : before));
    }

    private void write(A accumulator) {
        if (accumulator == null) {
            clear();
        } else {
            write(accumulator, serializer);
        }
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        setCurrentNamespace(target);
        A merged = read(serializer);
        for (N source : sources) {
            setCurrentNamespace(source);
            A moved = read(serializer);
            if (moved != null) {
                clear();
                merged = merged == null ? moved : function.merge(merged, moved);
            }
        }
        if (merged != null) {
            setCurrentNamespace(target);
            write(merged);
        }
    }
}
