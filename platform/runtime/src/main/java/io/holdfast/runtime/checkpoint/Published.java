package io.holdfast.runtime.checkpoint;

import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.CheckpointMetadataFormat;
import java.io.IOException;
import java.util.Optional;

/**
 * What was made durable for a checkpoint or savepoint.
 *
 * @param itself what was asked for
 * @param restorable what the job may restart from: itself; for a savepoint with which the job
 *     stops, a checkpoint that refers to its files; for another, nothing
 */
record Published(StoredCheckpoint itself, Optional<StoredCheckpoint> restorable) {

    /** Makes it durable, all of it or nothing. Blocks: not for the coordinator's thread. */
    static Published by(
            CheckpointStore store, PendingCheckpoint checkpoint, CheckpointMetadata metadata)
            throws IOException {
        StoredCheckpoint itself = publish(checkpoint.write, metadata);
        if (!checkpoint.order.isSavepoint()) {
            return new Published(itself, Optional.of(itself));
        }
        if (checkpoint.order.stop() == StopMode.NONE) {
            return new Published(itself, Optional.empty());
        }
        try (CheckpointWrite reference = store.begin(checkpoint.id)) {
            return new Published(itself, Optional.of(publish(reference, metadata)));
        } catch (IOException | RuntimeException | Error e) {
            try {
                store.discard(itself);
            } catch (IOException | RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static StoredCheckpoint publish(CheckpointWrite write, CheckpointMetadata metadata)
            throws IOException {
        return write.publish(CheckpointMetadataFormat.encode(metadata, write.directory()));
    }
}
