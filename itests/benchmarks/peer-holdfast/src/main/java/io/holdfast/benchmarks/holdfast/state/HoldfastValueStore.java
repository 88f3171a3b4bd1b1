package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.state.VoidNamespace;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** One value state of one keyed backend, as a keyed function uses it. */
final class HoldfastValueStore implements ValueStore {
    private final KeyedStateBackend<Long> backend;
    private final Namespaced.Value<VoidNamespace, Long> values;

    private HoldfastValueStore(KeyedStateBackend<Long> backend) {
        this.backend = backend;
        this.values =
                backend.value(
                        new ValueStateDescriptor<>("values", Serializers.LONG),
                        VoidNamespace.SERIALIZER);
        values.setCurrentNamespace(VoidNamespace.INSTANCE);
    }

    static HoldfastValueStore open(String name, Path directory) throws IOException {
        StateBackendFactory factory =
                ServiceLoader.load(StateBackendFactory.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(each -> each.name().equals(name))
                        .findAny()
                        .orElseThrow();
        return new HoldfastValueStore(
                factory.create(new Configuration())
                        .open(
                                new KeyedBackendRequest<>(
                                        "benchmark",
                                        Serializers.LONG,
                                        new KeyGroupRange(0, ValueStorePeer.KEY_GROUPS - 1),
                                        ValueStorePeer.KEY_GROUPS,
                                        directory,
                                        new Slot(ValueStorePeer.ROCKSDB_MEMORY_BYTES),
                                        List.of(),
                                        handle -> {
                                            throw new FileNotFoundException(handle.toString());
                                        })));
    }

    @Override
    public long add(long key, long delta) {
        select(key);
        Long value = values.value();
        long sum = (value == null ? 0 : value) + delta;
        values.update(sum);
        return sum;
    }

    @Override
    public long get(long key) {
        select(key);
        Long value = values.value();
        return value == null ? 0 : value;
    }

    /** The engine, too, computes the group of a key and passes it on. */
    private void select(long key) {
        Long boxed = key;
        backend.setCurrentKey(boxed, KeyGroupRange.keyGroup(boxed, ValueStorePeer.KEY_GROUPS));
    }

    @Override
    public void close() throws IOException {
        backend.close();
    }
}
