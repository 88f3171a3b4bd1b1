package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializer;
import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.state.VoidNamespace;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A keyed backend with all key groups, as the engine opens and uses it.
 *
 * @param <K> type of the keys
 */
final class HoldfastBackend<K> implements AutoCloseable {

    private final KeyedStateBackend<K> keyed;

    private HoldfastBackend(KeyedStateBackend<K> keyed) {
        this.keyed = keyed;
    }

    /** The backend of a name in configuration. */
    static StateBackend named(String name) {
        return ServiceLoader.load(StateBackendFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.name().equals(name))
                .findAny()
                .orElseThrow()
                .create(new Configuration());
    }

    static <K> HoldfastBackend<K> open(StateBackend backend, Serializer<K> keys, Path directory)
            throws IOException {
        SnapshotSource nothing =
                handle -> {
                    throw new FileNotFoundException(handle.toString());
                };
        return open(backend, keys, directory, List.of(), nothing);
    }

    static <K> HoldfastBackend<K> open(
            StateBackend backend,
            Serializer<K> keys,
            Path directory,
            List<KeyedSnapshotHandle> restored,
            SnapshotSource source)
            throws IOException {
        return new HoldfastBackend<>(
                backend.open(
                        new KeyedBackendRequest<>(
                                "benchmark",
                                keys,
                                new KeyGroupRange(0, StatePeer.KEY_GROUPS - 1),
                                StatePeer.KEY_GROUPS,
                                directory,
                                new Slot(StatePeer.ROCKSDB_MEMORY_BYTES),
                                restored,
                                source)));
    }

    /** What holds the states. */
    KeyedStateBackend<K> keyed() {
        return keyed;
    }

    /** A state in the namespace of those that need none. */
    static <S extends Namespaced<VoidNamespace>> S state(S opened) {
        opened.setCurrentNamespace(VoidNamespace.INSTANCE);
        return opened;
    }

    /** The engine, too, computes the group of a key and passes it on. */
    void select(K key) {
        keyed.setCurrentKey(key, KeyGroupRange.keyGroup(key, StatePeer.KEY_GROUPS));
    }

    @Override
    public void close() throws IOException {
        keyed.close();
    }
}
