package io.holdfast.runtime;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.StopMode;
import io.holdfast.runtime.job.JobConfiguration;
import io.holdfast.runtime.job.JobMaster;
import io.holdfast.runtime.job.Successors;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.runtime.metrics.JobMetrics;
import io.holdfast.runtime.metrics.JobStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Follows a job that runs, and ends it. May be used by several threads. */
public final class JobClient {
    private final JobMaster master;
    private final JobConfiguration job;
    private final long begin = System.nanoTime();

    JobClient(JobMaster master, JobConfiguration job) {
        this.master = master;
        this.job = job;
    }

    /**
     * The id of the job, which names its checkpoints.
     *
     * @return letters, digits, dashes
     */
    public String jobId() {
        return job.jobId();
    }

    /**
     * The name of the job.
     *
     * @return for people
     */
    public String jobName() {
        return job.jobName();
    }

    /**
     * Where the job is in its life.
     *
     * @return the status
     */
    public JobStatus status() {
        return master.status();
    }

    /**
     * What the job tells about itself now.
     *
     * @return metrics
     */
    public JobMetrics metrics() {
        return master.metrics();
    }

    /**
     * What the job went on from when it began in this process.
     *
     * @return pointer to the checkpoint or savepoint; empty if there was none, or as long as the
     *     job is {@link JobStatus#STARTING}
     */
    public Optional<String> restoredFrom() {
        return master.restoredFrom();
    }

    /**
     * Takes a savepoint, after which the job goes on.
     *
     * @param directory URI or local path; the savepoint gets a new directory below it
     * @return where the savepoint lies; completes exceptionally, with a {@link HoldfastException},
     *     if none could be made
     */
    public CompletableFuture<String> triggerSavepoint(String directory) {
        return master.savepoint(newSavepoint(directory), StopMode.NONE);
    }

    /**
     * Takes a savepoint in the directory that the checkpoint storage or the configuration names for
     * it, after which the job goes on.
     *
     * @return as {@link #triggerSavepoint(String)}
     */
    public CompletableFuture<String> triggerSavepoint() {
        return triggerSavepoint(configuredDirectory());
    }

    /**
     * Takes a savepoint and ends the job with it.
     *
     * @param directory URI or local path; the savepoint gets a new directory below it
     * @param drain true to end event time before, so that all windows and timers fire; a job that
     *     is not to be continued
     * @return where the savepoint lies; completes when the job has ended; exceptionally, with a
     *     {@link HoldfastException}, if none could be made or sinks could not commit
     */
    public CompletableFuture<String> stopWithSavepoint(String directory, boolean drain) {
        return master.savepoint(newSavepoint(directory), drain ? StopMode.DRAIN : StopMode.SUSPEND);
    }

    /**
     * What holds the working state of the job now.
     *
     * @return name of the state backend, and its module
     */
    public String stateBackend() {
        return job.successors().current();
    }

    /**
     * Goes on with another state backend, without stopping the job: at a cut of the stream every
     * subtask hands its state over, in all subtasks or in none. No record is lost or processed
     * twice, functions notice nothing but a pause. Also for the name the job has already: then its
     * state moves to a new instance, of the module that is installed now.
     *
     * <p>The switch holds as long as this process, over restarts of the job too. Another process
     * starts with what its configuration says; every checkpoint can be restored by both.
     *
     * @param backend its name among the installed modules, such as {@code rocksdb}
     * @return how it went; completes exceptionally, with a {@link HoldfastException}, if the job
     *     keeps what it has: JOB-6057 if it cannot be handed over now, JOB-6059 if the new backend
     *     could not take over
     */
    public CompletableFuture<HandOverReport> switchBackend(String backend) {
        return master.handOver(successors -> successors.named(backend));
    }

    /**
     * Goes on with the version of its state backend that is installed now, as {@link
     * #switchBackend}: what to do after a module was updated, so that the old version can leave.
     *
     * @return how it went; completes exceptionally, with a {@link HoldfastException}, if the job
     *     keeps what it has: also JOB-6061 if there is no other version
     */
    public CompletableFuture<HandOverReport> handOver() {
        return master.handOver(Successors::newest);
    }

    private String configuredDirectory() {
        Optional<URI> ofStorage = job.checkpointStorage().savepointDirectory();
        if (ofStorage.isPresent()) {
            return ofStorage.get().toString();
        }
        String configured = job.settings().get(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        if (configured == null) {
            throw Problem.user("JOB-6052", "No directory for a savepoint is set.")
                    .advise("name one, or set " + CheckpointingOptions.SAVEPOINT_DIRECTORY.key())
                    .exception();
        }
        return configured;
    }

    private URI newSavepoint(String directory) {
        URI base =
                directory.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                        ? URI.create(directory)
                        : Path.of(directory).toAbsolutePath().normalize().toUri();
        String text = base.toString();
        String name =
                "savepoint-%s-%s"
                        .formatted(
                                job.jobId().substring(0, Math.min(6, job.jobId().length())),
                                UUID.randomUUID().toString().substring(24));
        return URI.create((text.endsWith("/") ? text : text + "/") + name);
    }

    /** Runs something when the job has ended, on whatever thread ends it; at once if it has. */
    void whenEnded(Runnable action) {
        master.end().whenComplete((status, failure) -> action.run());
    }

    /** Ends the job wherever it is; returns at once. */
    public void cancel() {
        master.cancel();
    }

    /**
     * Waits for the end of the job.
     *
     * @return how it went
     * @throws HoldfastException if it failed for good
     */
    public JobResult await() {
        try {
            JobStatus status = master.end().get();
            return new JobResult(
                    job.jobId(),
                    job.jobName(),
                    status,
                    Duration.ofNanos(System.nanoTime() - begin),
                    master.metrics());
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.environment(
                            "JOB-6053", "Waiting for job '" + job.jobName() + "' was interrupted.")
                    .exception(e);
        }
    }

    private HoldfastException failure(Throwable cause) {
        if (cause instanceof HoldfastException known) {
            return new HoldfastException(known.problem(), known);
        }
        return Problem.bug("JOB-6024", "Job '%s' failed: %s".formatted(job.jobName(), cause))
                .exception(cause);
    }
}
