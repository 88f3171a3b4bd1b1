package io.holdfast.spi.state;

import io.holdfast.api.serialization.Serializer;
import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.KeyedSnapshotHandle;
import io.holdfast.spi.snapshot.SnapshotSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Everything needed to open a keyed backend.
 *
 * @param owner names job, operator and subtask in messages, such as {@code hot-items/count (2/4)}
 * @param keySerializer serializer of the keys; the backend's own instance
 * @param keyGroups the key groups to own
 * @param maxParallelism number of all key groups of the job
 * @param workDirectory an existing, empty directory for this backend alone; the engine removes it
 *     after close
 * @param memory what the backend may use beyond the heap
 * @param restoreFrom snapshots that together hold every entry of {@code keyGroups}, and possibly
 *     entries of others; empty for a fresh start
 * @param source opens the streams of {@code restoreFrom}
 * @param <K> type of the keys
 */
public record KeyedBackendRequest<K>(
        String owner,
        Serializer<K> keySerializer,
        KeyGroupRange keyGroups,
        int maxParallelism,
        Path workDirectory,
        MemoryBudget memory,
        List<KeyedSnapshotHandle> restoreFrom,
        SnapshotSource source) {

    /** Refuses null, copies the list. */
    public KeyedBackendRequest {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(keySerializer, "keySerializer");
        Objects.requireNonNull(keyGroups, "keyGroups");
        Objects.requireNonNull(workDirectory, "workDirectory");
        Objects.requireNonNull(memory, "memory");
        restoreFrom = List.copyOf(restoreFrom);
        Objects.requireNonNull(source, "source");
        if (keyGroups.last() >= maxParallelism) {
            throw new IllegalArgumentException(
                    "key groups " + keyGroups + " of max parallelism " + maxParallelism);
        }
    }
}
