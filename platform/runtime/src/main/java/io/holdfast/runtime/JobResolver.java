package io.holdfast.runtime;

import io.holdfast.api.config.Configuration;
import io.holdfast.api.config.PipelineOptions;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.job.JobConfiguration;
import io.holdfast.runtime.job.RestoreRequest;
import io.holdfast.spi.filesystem.FileSystems;
import io.holdfast.spi.state.ConfigurableStateBackend;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import io.holdfast.spi.storage.ConfigurableCheckpointStorage;
import java.util.Optional;
import java.util.UUID;

/** Decides what holds for a job. */
interface JobResolver {

    /**
     * What holds, and what to give back when the job has ended.
     *
     * @param job all decided
     * @param resources closed once
     */
    record Resolved(JobConfiguration job, AutoCloseable resources) {}

    Resolved resolve(
            String jobName,
            Configuration code,
            Optional<StateBackend> backend,
            Optional<CheckpointStorage> storage);

    static JobResolver ofThisProcess() {
        return (jobName, code, backend, storage) -> {
            StateBackend chosen = backend.orElseThrow();
            CheckpointStorage kept = storage.orElseThrow();
            FileSystems none =
                    path -> {
                        throw Problem.user("STORAGE-5001", "no file systems").exception();
                    };
            int max = code.get(PipelineOptions.MAX_PARALLELISM);
            return new Resolved(
                    new JobConfiguration(
                            UUID.randomUUID().toString().replace("-", ""),
                            jobName,
                            code,
                            chosen instanceof ConfigurableStateBackend open ? open.configure(code) : chosen,
                            kept instanceof ConfigurableCheckpointStorage open ? open.configure(code) : kept,
                            none,
                            max == -1 ? Optional.empty() : Optional.of(max),
                            new RestoreRequest.Fresh()),
                    () -> {});
        };
    }
}
