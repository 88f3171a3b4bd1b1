package io.holdfast.runtime.job;

import io.holdfast.api.config.ReadableConfig;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.storage.CheckpointStorage;
import java.util.Objects;
import java.util.Optional;

/**
 * What holds for one job, all decided.
 *
 * @param jobId names the job's checkpoints: 1 to 64 letters, digits, dashes
 * @param jobName for people
 * @param settings the effective configuration
 * @param checkpointStorage makes checkpoints durable
 * @param fileSystems the file systems of the host
 * @param maxParallelism number of key groups where the program or its state do not say; empty to
 *     derive it from the parallelism
 * @param restore what to start from
 * @param successors has what holds working state, and makes what may take its place
 */
public record JobConfiguration(
        String jobId,
        String jobName,
        ReadableConfig settings,
        CheckpointStorage checkpointStorage,
        FileSystems fileSystems,
        Optional<Integer> maxParallelism,
        RestoreRequest restore,
        Successors successors) {
    /** Refuses null. */
    public JobConfiguration {
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(jobName, "jobName");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(checkpointStorage, "checkpointStorage");
        Objects.requireNonNull(fileSystems, "fileSystems");
        Objects.requireNonNull(maxParallelism, "maxParallelism");
        Objects.requireNonNull(restore, "restore");
        Objects.requireNonNull(successors, "successors");
    }
}
