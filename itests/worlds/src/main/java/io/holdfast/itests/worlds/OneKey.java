package io.holdfast.itests.worlds;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.MemoryBudget;
import io.holdfast.spi.state.StateBackendFactory;
import io.holdfast.spi.state.VoidNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;

/** Opens a backend, puts a value in, gets it back, closes the backend. */
final class OneKey {
    private static final int GROUPS = 8;

    private OneKey() {}

    static void putAndGet(StateBackendFactory factory, Path directory) throws IOException {
        Path work = Files.createDirectories(directory);
        KeyedBackendRequest<String> request =
                new KeyedBackendRequest<>(
                        "cycle/one key (1/1)",
                        Serializers.STRING,
                        KeyGroupRange.of(GROUPS, 1, 0),
                        GROUPS,
                        work,
                        new Budget(),
                        List.of(),
                        handle -> {
                            throw new IllegalStateException("nothing to restore");
                        });
        try (KeyedStateBackend<String> backend =
                factory.create(new Configuration()).open(request)) {
            var state =
                    backend.value(
                            new ValueStateDescriptor<>("one", Serializers.LONG),
                            VoidNamespace.SERIALIZER);
            backend.setCurrentKey("key", KeyGroupRange.keyGroup("key", GROUPS));
            state.setCurrentNamespace(VoidNamespace.INSTANCE);
            state.update(42L);
            if (state.value() != 42L) {
                throw new AssertionError("put 42, got " + state.value());
            }
        }
        try (var files = Files.walk(work)) {
            for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Eight megabytes, shared with nobody. */
    private static final class Budget implements MemoryBudget {
        private static final long BYTES = 8 << 20;

        @Override
        public long bytes() {
            return BYTES;
        }

        @Override
        public <R extends AutoCloseable> Share<R> share(String name, LongFunction<R> maker) {
            R resource = maker.apply(BYTES);
            return new Share<>() {
                @Override
                public R get() {
                    return resource;
                }

                @Override
                public void close() {
                    try {
                        resource.close();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
        }
    }
}
