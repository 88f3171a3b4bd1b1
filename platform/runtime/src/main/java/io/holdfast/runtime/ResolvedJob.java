package io.holdfast.runtime;

import io.holdfast.api.config.PipelineOptions;
import io.holdfast.api.config.ReadableConfig;
import io.holdfast.api.config.StateChangelogOptions;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.api.error.Problem;
import io.holdfast.config.resolve.ResolvedState;
import io.holdfast.host.FactoryClasses;
import io.holdfast.host.ModuleRegistry;
import io.holdfast.host.OpenFileSystems;
import io.holdfast.host.ProviderKind;
import io.holdfast.runtime.checkpoint.JobDirectories;
import io.holdfast.runtime.job.JobConfiguration;
import io.holdfast.runtime.job.RestoreRequest;
import io.holdfast.spi.changelog.ChangelogStorage;
import io.holdfast.spi.state.StateBackend;
import io.holdfast.spi.storage.CheckpointStorage;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Turns what was resolved into the objects a job runs with, and keeps what must be given back when
 * it has ended. Used by one thread at a time.
 */
final class ResolvedJob implements AutoCloseable {
    private static final String LATEST = "latest";
    private static final String CHANGELOG = "changelog";

    private final ModuleRegistry modules;
    private final FactoryClasses factories;
    private final Deque<AutoCloseable> taken = new ArrayDeque<>();

    ResolvedJob(ModuleRegistry modules, FactoryClasses factories) {
        this.modules = modules;
        this.factories = factories;
    }

    /**
     * Makes the objects. What is taken before a failure is given back by {@link #close()}.
     *
     * @param withBackend says what holds with another state backend
     */
    JobConfiguration configure(
            String jobName,
            ResolvedState resolved,
            Function<String, ResolvedState> withBackend,
            Optional<StateBackend> backendInCode,
            Optional<CheckpointStorage> storageInCode) {
        ReadableConfig settings = resolved.configuration();
        Assembly assembly = Assembly.of(resolved, backendInCode, storageInCode, factories);
        taken.push(assembly.leases());
        assembly.orThrow();
        StateBackend backend = assembly.backend().orElseThrow();
        CheckpointStorage storage = assembly.storage().orElseThrow();
        OpenFileSystems files = modules.openFileSystems(settings, factories.user());
        taken.push(files);
        int maxParallelism = settings.get(PipelineOptions.MAX_PARALLELISM);
        String jobId = UUID.randomUUID().toString().replace("-", "");
        RestoreRequest restore = new RestoreRequest.Fresh();
        Optional<String> path = settings.getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
        if (path.isPresent() && path.get().equals(LATEST)) {
            Optional<String> earlier = latest(jobName, storage, files);
            restore = earlier.isPresent() ? new RestoreRequest.Latest() : restore;
            jobId = earlier.orElse(jobId);
        } else if (path.isPresent()) {
            restore = new RestoreRequest.Named(path.get());
        }
        BackendSuccessors successors =
                new BackendSuccessors(
                        factories,
                        withBackend,
                        resolved.changelog() ? logged(backend, settings, jobId, files) : backend,
                        assembly.backendLease());
        taken.push(successors);
        return new JobConfiguration(
                jobId,
                jobName,
                settings,
                storage,
                files,
                maxParallelism == -1 ? Optional.empty() : Optional.of(maxParallelism),
                restore,
                successors);
    }

    private StateBackend logged(
            StateBackend working, ReadableConfig settings, String jobId, OpenFileSystems files) {
        if (!modules.names(ProviderKind.CHANGELOG_BACKEND).contains(CHANGELOG)) {
            throw Problem.user(
                            "JOB-6056",
                            "The job is to log its changes of state, but no installed module can do that.")
                    .with("set by", StateChangelogOptions.ENABLE_STATE_CHANGE_LOG.key() + " = true")
                    .with("installed", modules.names(ProviderKind.CHANGELOG_BACKEND))
                    .advise(
                            "install a module with the changelog backend, or switch the changelog"
                                    + " off: env.enableChangelogStateBackend(false)")
                    .exception();
        }
        var backends = modules.lease(ProviderKind.CHANGELOG_BACKEND, CHANGELOG, factories.user());
        taken.push(backends);
        var storages =
                modules.lease(
                        ProviderKind.CHANGELOG_STORAGE,
                        settings.get(StateChangelogOptions.STATE_CHANGE_LOG_STORAGE),
                        factories.user());
        taken.push(storages);
        ChangelogStorage changes = storages.factory().create(settings, jobId, files);
        taken.push(changes);
        return backends.factory().wrap(working, changes, settings);
    }

    /** The id of the job to continue. */
    private static Optional<String> latest(
            String jobName, CheckpointStorage storage, OpenFileSystems files) {
        Optional<URI> directory = storage.directory();
        if (directory.isEmpty()) {
            throw Problem.user(
                            "JOB-6054",
                            "The checkpoint storage '%s' keeps nothing that a new process could continue."
                                    .formatted(storage.name()))
                    .with("set by", StateRecoveryOptions.SAVEPOINT_PATH.key() + " = " + LATEST)
                    .advise("set execution.checkpointing.dir, so that checkpoints are files")
                    .exception();
        }
        try {
            return new JobDirectories(files.forPath(directory.get()), directory.get())
                    .newest(jobName)
                    .map(JobDirectories.FoundJob::jobId);
        } catch (IOException e) {
            throw Problem.environment(
                            "JOB-6055",
                            "The checkpoint directory %s cannot be read."
                                    .formatted(directory.get()))
                    .with("cause", e)
                    .advise("see that the directory can be reached, or start without 'latest'")
                    .exception(e);
        }
    }

    @Override
    public void close() throws Exception {
        Exception failure = null;
        while (!taken.isEmpty()) {
            try {
                taken.pop().close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
