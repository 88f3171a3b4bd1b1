package io.holdfast.backend.hashmap;

import io.holdfast.api.function.ReduceFunction;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;

/** A reducing state: the content of an entry is the combination of all values. */
final class HeapReducing<K, N, T> extends TableState<K, N, T> implements Namespaced.Reducing<N, T> {
    private final ReduceFunction<T> function;
    private final Serializer<T> serializer;

    HeapReducing(Parts<K, N, T> parts, ReduceFunction<T> function, Serializer<T> serializer) {
        super(parts);
        this.function = function;
        this.serializer = serializer;
    }

    @Override
    public T get() {
        return handOut(serializer);
    }

    @Override
    public void add(T value) {
        if (value == null) {
            throw Refusals.nullElement(owner(), name());
        }
        T before = forChange(serializer);
        store(before == null ? value : reduce(before, value));
    }

    private T reduce(T first, T second) {
        try {
            return function.reduce(first, second);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw Refusals.functionFailed(owner(), name(), e);
        }
    }

    private void store(T result) {
        if (result == null) {
            clear();
        } else {
            put(result);
        }
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        T moved = null;
        for (N source : sources) {
            setCurrentNamespace(source);
            T own = forChange(serializer);
            if (own != null) {
                clear();
                moved = moved == null ? own : reduce(moved, own);
            }
        }
        if (moved != null) {
            setCurrentNamespace(target);
            T before = forChange(serializer);
            store(before == null ? moved : reduce(before, moved));
        }
    }
}
