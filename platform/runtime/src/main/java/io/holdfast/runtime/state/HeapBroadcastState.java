package io.holdfast.runtime.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.api.state.BroadcastState;
import io.holdfast.api.state.MapStateDescriptor;
import io.holdfast.toolkit.io.BytesInput;
import io.holdfast.toolkit.io.BytesOutput;
import io.holdfast.toolkit.metadata.OperatorStateHandle.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A map of a subtask, the same in all. */
final class HeapBroadcastState<K, V> implements BroadcastState<K, V>, OperatorStates.Snapshotted {
    private final MapStateDescriptor<K, V> descriptor;
    private final Map<K, V> entries = new LinkedHashMap<>();

    HeapBroadcastState(MapStateDescriptor<K, V> descriptor) {
        this.descriptor = descriptor;
    }

    void decode(List<byte[]> stored, Serializer<K> keys, Serializer<V> values) throws IOException {
        BytesInput in = new BytesInput();
        for (byte[] bytes : stored) {
            in.wrap(bytes, 0, bytes.length);
            K key = keys.read(in);
            entries.put(key, values.read(in));
        }
    }

    @Override
    public OperatorStates.Snapshot copy() {
        Serializer<K> ownKeys = descriptor.keySerializer();
        Serializer<V> ownValues = descriptor.serializer();
        Map<K, V> copies = new LinkedHashMap<>();
        entries.forEach((key, value) -> copies.put(ownKeys.copy(key), ownValues.copy(value)));
        Serializer<K> keys = ownKeys.duplicate();
        Serializer<V> values = ownValues.duplicate();
        return () -> {
            List<byte[]> encoded = new ArrayList<>(copies.size());
            BytesOutput out = new BytesOutput(256);
            for (Map.Entry<K, V> entry : copies.entrySet()) {
                out.reset();
                keys.write(entry.getKey(), out);
                values.write(entry.getValue(), out);
                encoded.add(out.toByteArray());
            }
            return new StoredState(
                    descriptor.name(),
                    Distribution.BROADCAST,
                    List.of(keys.snapshot(), values.snapshot()),
                    encoded);
        };
    }

    @Override
    public V get(K key) {
        return entries.get(key);
    }

    @Override
    public boolean contains(K key) {
        return entries.containsKey(key);
    }

    @Override
    public void put(K key, V value) {
        entries.put(
                OperatorStates.notNull(descriptor, key), OperatorStates.notNull(descriptor, value));
    }

    @Override
    public void putAll(Map<K, V> others) {
        others.forEach(
                (key, value) -> {
                    OperatorStates.notNull(descriptor, key);
                    OperatorStates.notNull(descriptor, value);
                });
        entries.putAll(others);
    }

    @Override
    public void remove(K key) {
        entries.remove(key);
    }

    @Override
    public Iterable<Map.Entry<K, V>> entries() {
        return entries.entrySet();
    }

    @Override
    public Iterable<Map.Entry<K, V>> immutableEntries() {
        return Collections.unmodifiableMap(entries).entrySet();
    }

    @Override
    public void clear() {
        entries.clear();
    }
}
