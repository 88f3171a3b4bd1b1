package io.holdfast.toolkit.ordered;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.state.Namespaced;
import java.util.Objects;

/**
 * A state, and in it the one entry of the current key and namespace.
 *
 * @param <N> type of the namespaces
 * @param <T> type of what its serializer reads and writes
 */
abstract class Cell<N, T> implements Namespaced<N> {
    final OrderedBackend<?> backend;
    final Slot slot;
    final OrderedStore store;
    final Codec<T> codec;
    private final Serializer<N> namespaces;
    private N namespace;

    @SuppressWarnings("unchecked") // the slot was made for the descriptor of this state
    Cell(OrderedBackend<?> backend, Slot slot) {
        this.backend = backend;
        this.slot = slot;
        this.store = backend.entries.store;
        this.namespaces = (Serializer<N>) slot.asked.namespace();
        this.codec =
                new Codec<>(
                        slot.schema.name(),
                        slot.schema.kind(),
                        (Serializer<T>) slot.asked.value(),
                        backend.refusals);
    }

    @Override
    public final void setCurrentNamespace(N chosen) {
        namespace = Objects.requireNonNull(chosen, "namespace");
    }

    final byte[] entry() {
        return backend.entry(slot, namespace, namespaces);
    }

    final byte[] entry(N other) {
        return backend.entry(slot, other, namespaces);
    }

    final <U> byte[] entry(U mapKey, Serializer<U> mapKeys) {
        return backend.entry(slot, namespace, namespaces, mapKey, mapKeys);
    }

    final T read(byte[] entry) {
        byte[] bytes = store.get(entry);
        return bytes == null ? null : codec.read(bytes);
    }

    /** Stores a value, or removes the entry for null. */
    final void write(byte[] entry, T value) {
        if (value == null) {
            store.remove(entry);
        } else {
            store.put(entry, codec.write(value));
        }
    }

    final <V> V requireValue(V value) {
        if (value == null) {
            throw backend.refusals.nullElement(slot.schema.name());
        }
        return value;
    }
}
