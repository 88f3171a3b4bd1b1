package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import java.util.List;
import java.util.Objects;

/**
 * A checkpoint or savepoint whose files were all found whole.
 *
 * @param stored where it lies
 * @param metadata what it holds
 * @param isOwn true if it is one of the job's own checkpoints; if not, the job never deletes any of
 *     its files, and its first checkpoint refers to none of them
 * @param passedOver newer checkpoints that are damaged, newest first, described
 */
public record RestorePoint(
        StoredCheckpoint stored,
        CheckpointMetadata metadata,
        boolean isOwn,
        List<String> passedOver) {
    /** Refuses null, copies the list. */
    public RestorePoint {
        Objects.requireNonNull(stored, "stored");
        Objects.requireNonNull(metadata, "metadata");
        passedOver = List.copyOf(passedOver);
    }
}
