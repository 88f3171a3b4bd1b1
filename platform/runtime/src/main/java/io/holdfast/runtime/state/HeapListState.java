package io.holdfast.runtime.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.ListState;
import io.holdfast.api.state.ListStateDescriptor;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A list of a subtask. */
final class HeapListState<T> implements ListState<T>, OperatorStates.Snapshotted {
    private final ListStateDescriptor<T> descriptor;
    private final Distribution distribution;
    private final List<T> elements = new ArrayList<>();

    HeapListState(ListStateDescriptor<T> descriptor, Distribution distribution) {
        this.descriptor = descriptor;
        this.distribution = distribution;
    }

    void decode(List<byte[]> stored, Serializer<T> reader) throws IOException {
        BytesInput in = new BytesInput();
        for (byte[] bytes : stored) {
            elements.add(reader.read(in.wrap(bytes, 0, bytes.length)));
        }
    }

    @Override
    public OperatorStates.Snapshot copy() {
        Serializer<T> own = descriptor.serializer();
        List<T> copies = new ArrayList<>(elements.size());
        elements.forEach(element -> copies.add(own.copy(element)));
        Serializer<T> writer = own.duplicate();
        return () -> {
            List<byte[]> encoded = new ArrayList<>(copies.size());
            BytesOutput out = new BytesOutput(256);
            for (T element : copies) {
                out.reset();
                writer.write(element, out);
                encoded.add(out.toByteArray());
            }
            return new StoredState(
                    descriptor.name(), distribution, List.of(writer.snapshot()), encoded);
        };
    }

    @Override
    public Iterable<T> get() {
        return elements;
    }

    @Override
    public void add(T value) {
        elements.add(OperatorStates.notNull(descriptor, value));
    }

    @Override
    public void update(List<T> values) {
        List<T> replacement = checked(values);
        elements.clear();
        elements.addAll(replacement);
    }

    @Override
    public void addAll(List<T> values) {
        elements.addAll(checked(values));
    }

    /** A copy without nulls: nothing is taken if one is refused. */
    private List<T> checked(List<T> values) {
        List<T> copy = new ArrayList<>(values);
        copy.forEach(value -> OperatorStates.notNull(descriptor, value));
        return copy;
    }

    @Override
    public void clear() {
        elements.clear();
    }
}
