package io.holdfast.runtime.verdict;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.runtime.job.SlotMemory;
import io.holdfast.runtime.state.WorkFiles;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.state.KeyedBackendRequest;
import io.holdfast.spi.state.KeyedStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.toolkit.canonical.CanonicalHeader;
import io.holdfast.toolkit.canonical.CanonicalWriter;
import io.holdfast.toolkit.checkpoint.InlineInput;
import io.holdfast.toolkit.checkpoint.InlineOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A backend of the job without entries: fresh, or restored from descriptions of states alone.
 *
 * @param backend the backend
 * @param directory its working files
 */
record EmptyState<K>(KeyedStateBackend<K> backend, Path directory) implements AutoCloseable {
    private static final long MEMORY = 64L << 20;
    private static final KeyGroupRange GROUP = new KeyGroupRange(0, 0);

    /**
     * Opens it.
     *
     * @param owner names the operator in messages
     * @param stored what it restores; nothing if empty
     */
    static <K> EmptyState<K> open(
            StateBackend backend,
            String owner,
            Serializer<K> key,
            int maxParallelism,
            List<CanonicalHeader> stored)
            throws IOException {
        Path directory = Files.createTempDirectory("holdfast-check-");
        try {
            List<KeyedSnapshotHandle> handles =
                    stored.isEmpty() ? List.of() : List.of(described(stored.get(0)));
            return new EmptyState<>(
                    backend.open(
                            new KeyedBackendRequest<>(
                                    owner,
                                    key.duplicate(),
                                    GROUP,
                                    maxParallelism,
                                    directory,
                                    new SlotMemory(MEMORY),
                                    handles,
                                    inline())),
                    directory);
        } catch (IOException | RuntimeException e) {
            WorkFiles.remove(directory);
            throw e;
        }
    }

    private static SnapshotSource inline() {
        return handle -> new InlineInput(((StreamHandle.Inline) handle).bytes());
    }

    /** A canonical snapshot that describes states and has no entries. */
    private static KeyedSnapshotHandle described(CanonicalHeader header) throws IOException {
        try (CanonicalWriter writer =
                new CanonicalWriter(
                        scope -> new InlineOutput(),
                        GROUP,
                        header.maxParallelism(),
                        header.key(),
                        header.states())) {
            return writer.finish();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            backend.close();
        } finally {
            WorkFiles.remove(directory);
        }
    }
}
