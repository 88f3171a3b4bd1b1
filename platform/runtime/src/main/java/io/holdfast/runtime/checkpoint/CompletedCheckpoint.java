package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.storage.StoredCheckpoint;
import java.util.Objects;

/**
 * A checkpoint or savepoint that is complete and durable.
 *
 * @param id its id
 * @param stored where it lies
 * @param statistics what it cost
 */
public record CompletedCheckpoint(
        long id, StoredCheckpoint stored, CheckpointStatistics statistics) {
    /** Refuses null. */
    public CompletedCheckpoint {
        Objects.requireNonNull(stored, "stored");
        Objects.requireNonNull(statistics, "statistics");
    }
}
