package io.holdfast.backend.rocksdb.keyed;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.ReducingStateDescriptor;
import io.holdfast.backend.rocksdb.store.Column;
import io.holdfast.spi.state.Namespaced;
import java.util.Collection;

/** A reducing state: one entry, the combined value. */
final class RocksDbReducing<K, N, T> extends ColumnState<K, N>
        implements Namespaced.Reducing<N, T> {
    private final ReducingStateDescriptor<T> descriptor;
    private final Serializer<T> serializer;

    RocksDbReducing(
            Tools<K> tools,
            Column column,
            Serializer<N> namespace,
            Serializer<T> value,
            ReducingStateDescriptor<T> descriptor) {
        super(tools, descriptor.name(), column, namespace);
        this.descriptor = descriptor;
        this.serializer = value;
    }

    @Override
    public T get() {
        return read(serializer);
    }

    @Override
    public void add(T value) {
        requireElement(value);
        write(combined(get(), value));
    }

    private void write(T combined) {
        if (combined == null) {
            clear();
        } else {
            write(combined, serializer);
        }
    }

    private T combined(T before, T value) {
        if (before == null) {
            return value;
        }
        try {
            return descriptor.function().reduce(before, value);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw Refusals.functionFailed(tools().owner(), name(), e);
        }
    }

    @Override
    public void mergeNamespaces(N target, Collection<N> sources) {
        setCurrentNamespace(target);
        T merged = get();
        for (N source : sources) {
            setCurrentNamespace(source);
            T moved = get();
            if (moved != null) {
                clear();
                merged = combined(merged, moved);
            }
        }
        if (merged != null) {
            setCurrentNamespace(target);
            write(merged);
        }
    }
}
