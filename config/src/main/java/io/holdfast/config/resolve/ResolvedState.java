package io.holdfast.config.resolve;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.config.profile.LegacyBackend;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds for one job.
 *
 * @param backend the state backend
 * @param storage the checkpoint storage
 * @param legacy the kind of legacy backend that was named, where it brings its storage along and no
 *     other is looked at
 * @param changelog whether changes of state are logged
 * @param checkpointDirectory where checkpoints, or at least their metadata, go; as configured
 * @param savepointDirectory where savepoints go that are requested without a directory; as
 *     configured
 * @param configuration every effective setting; a value that cannot be read gives an error that
 *     names its origin
 */
public record ResolvedState(
        Choice backend,
        Choice storage,
        Optional<LegacyBackend> legacy,
        boolean changelog,
        Optional<String> checkpointDirectory,
        Optional<String> savepointDirectory,
        ReadableConfig configuration) {
    /** Refuses null parts. */
    public ResolvedState {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(legacy, "legacy");
        Objects.requireNonNull(checkpointDirectory, "checkpointDirectory");
        Objects.requireNonNull(savepointDirectory, "savepointDirectory");
        Objects.requireNonNull(configuration, "configuration");
    }

    /** The names only; of the rest, anything may be secret. */
    @Override
    public String toString() {
        return "ResolvedState[backend=" + backend.name() + ", storage=" + storage.name() + "]";
    }
}
