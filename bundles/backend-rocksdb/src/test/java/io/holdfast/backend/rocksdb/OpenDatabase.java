package io.holdfast.backend.rocksdb;

import io.holdfast.api.serialization.Serializers;
import io.holdfast.api.state.ValueStateDescriptor;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.MemoryBudget;
import io.holdfast.spi.state.Namespaced;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.state.VoidNamespace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A backend with one state in use, and the options that RocksDB itself says its files have. */
final class OpenDatabase implements AutoCloseable {
    private final KeyedStateBackend<String> keyed;
    private final Map<String, String> options = new HashMap<>();

    OpenDatabase(StateBackend backend, Path directory, MemoryBudget memory) throws IOException {
        keyed =
                backend.open(
                        new KeyedBackendRequest<>(
                                "test (1/1)",
                                Serializers.STRING,
                                new KeyGroupRange(0, 127),
                                128,
                                directory,
                                memory,
                                List.of(),
                                handle -> {
                                    throw new IOException("nothing to restore");
                                }));
        Namespaced.Value<VoidNamespace, Long> count =
                keyed.value(
                        new ValueStateDescriptor<>("count", Serializers.LONG),
                        VoidNamespace.SERIALIZER);
        keyed.setCurrentKey("a", KeyGroupRange.keyGroup("a", 128));
        count.setCurrentNamespace(VoidNamespace.INSTANCE);
        count.update(1L);
        read(newestOptions(directory));
    }

    private static Path newestOptions(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines are {@code name=value}, below {@code [DBOptions]}, {@code [CFOptions "1:count"]} … */
    private void read(Path file) throws IOException {
        String section = "";
        for (String line : Files.readAllLines(file)) {
            String text = line.strip();
            if (text.startsWith("[")) {
                section =
                        text.startsWith("[DBOptions")
                                ? "db."
                                : text.startsWith("[CFOptions") && text.contains(":count")
                                        ? "column."
                                        : text.startsWith("[TableOptions")
                                                        && text.contains(":count")
                                                ? "table."
                                                : "other.";
            } else if (text.contains("=")) {
                int equals = text.indexOf('=');
                options.put(
                        section + text.substring(0, equals).strip(),
                        text.substring(equals + 1).strip());
            }
        }
    }

    KeyedStateBackend<String> keyed() {
        return keyed;
    }

    /** The value of {@code db.…}, {@code column.…} or {@code table.…}. */
    String option(String name) {
        return options.get(name);
    }

    Map<String, String> options() {
        return options;
    }

    @Override
    public void close() throws IOException {
        keyed.close();
    }
}
