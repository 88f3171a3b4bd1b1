package io.holdfast.runtime.checkpoint;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * That a checkpoint or savepoint is to be taken.
 *
 * @param savepoint where to, if it is a savepoint
 * @param stop what follows it
 * @param result told when it has ended
 */
record CheckpointOrder(
        Optional<URI> savepoint, StopMode stop, CompletableFuture<CompletedCheckpoint> result) {

    static CheckpointOrder checkpoint(StopMode stop) {
        return new CheckpointOrder(Optional.empty(), stop, new CompletableFuture<>());
    }

    static CheckpointOrder savepoint(URI directory, StopMode stop) {
        return new CheckpointOrder(Optional.of(directory), stop, new CompletableFuture<>());
    }

    boolean isSavepoint() {
        return savepoint.isPresent();
    }
}
