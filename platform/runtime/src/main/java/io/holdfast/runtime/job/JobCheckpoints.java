package io.holdfast.runtime.job;

import io.holdfast.api.config.CheckpointingOptions;
import io.holdfast.api.config.StateRecoveryOptions;
import io.holdfast.runtime.checkpoint.CheckpointCoordinator;
import io.holdfast.runtime.checkpoint.CheckpointFailureListener;
import io.holdfast.runtime.checkpoint.CheckpointOverview;
import io.holdfast.runtime.checkpoint.CheckpointResponder;
import io.holdfast.runtime.checkpoint.CheckpointRestore;
import io.holdfast.runtime.checkpoint.CheckpointSettings;
import io.holdfast.runtime.checkpoint.CheckpointTask;
import io.holdfast.runtime.checkpoint.CheckpointThreads;
import io.holdfast.runtime.checkpoint.CheckpointVerifier;
import io.holdfast.runtime.checkpoint.CompletedCheckpoint;
import io.holdfast.runtime.checkpoint.JobEnd;
import io.holdfast.runtime.checkpoint.OperatorLayout;
import io.holdfast.runtime.checkpoint.RestorePoint;
import io.holdfast.runtime.checkpoint.SnapshotTimings;
import io.holdfast.runtime.checkpoint.StopMode;
import io.holdfast.runtime.metrics.CheckpointMetrics;
import io.holdfast.spi.filesystem.SeekableInput;
import io.holdfast.spi.snapshot.SnapshotSource;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job: store and coordinator, opened when they are first needed. A job that
 * takes no checkpoints, is not restored and is asked for no savepoint touches no storage.
 */
final class JobCheckpoints implements CheckpointResponder, SnapshotSource {
    private static final Logger LOG = LoggerFactory.getLogger(JobCheckpoints.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(3);
    private static final int VERIFIERS = 4;

    /** What belongs to an open store. */
    private record Opened(
            CheckpointStore store, CheckpointThreads threads, CheckpointCoordinator coordinator) {}

    /** What the coordinator was started with, or is to be. */
    private record Started(
            Collection<OperatorLayout> operators,
            Collection<? extends CheckpointTask> tasks,
            Optional<RestorePoint> from) {}

    private final JobConfiguration job;
    private final CheckpointSettings settings;
    private final boolean periodic;
    private final ExecutorService blocking;
    private final CheckpointFailureListener listener;
    private final Object opening = new Object();
    private volatile Opened opened;
    private boolean closed;
    private Started started;

    JobCheckpoints(
            JobConfiguration job, ExecutorService blocking, CheckpointFailureListener listener) {
        this.job = job;
        this.settings = CheckpointSettings.from(job.settings(), job.successors().backend());
        Duration interval = job.settings().get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        this.periodic = interval != null && !interval.isZero();
        this.blocking = blocking;
        this.listener = listener;
    }

    /** Tells whether the job takes checkpoints by itself. */
    boolean isPeriodic() {
        return periodic;
    }

    /** Blocks, but not those who only want what is open. */
    private Opened open() throws IOException {
        synchronized (opening) {
            if (opened == null) {
                take(job.checkpointStorage().open(job.jobId(), job.fileSystems()));
            }
            return opened;
        }
    }

    private void take(CheckpointStore store) throws IOException {
        CheckpointThreads threads = new CheckpointThreads(job.jobName());
        try {
            CheckpointCoordinator coordinator =
                    new CheckpointCoordinator(
                            job.jobId(),
                            job.jobName(),
                            settings,
                            store,
                            store.published(),
                            threads,
                            listener);
            synchronized (this) {
                if (closed) {
                    throw new IOException("the job ended while its checkpoint store was opened");
                }
                if (started != null) {
                    coordinator.start(started.operators(), started.tasks(), started.from());
                }
                opened = new Opened(store, threads, coordinator);
            }
        } catch (IOException | RuntimeException e) {
            threads.close();
            store.close();
            throw e;
        }
    }

    /** Chooses and verifies what the first attempt starts from. Blocks. */
    Optional<RestorePoint> first() throws IOException {
        if (job.restore() instanceof RestoreRequest.Named named) {
            return Optional.of(restore(open()).named(open().store(), named.pointer()));
        }
        if (job.restore() instanceof RestoreRequest.Latest) {
            // All of them, also those whose metadata cannot be read: to take an older one without
            // being told to would go back in silence.
            return latest(open(), open().store().published());
        }
        if (periodic) {
            open();
        }
        return Optional.empty();
    }

    /** Chooses and verifies what another attempt starts from. Blocks. */
    Optional<RestorePoint> latest() throws IOException {
        if (opened == null) {
            return Optional.empty();
        }
        return latest(opened, opened.coordinator().retained());
    }

    /** Pointers to the checkpoints that the job may be restored from. */
    List<String> pointers() {
        return opened == null
                ? List.of()
                : opened.coordinator().retained().stream().map(StoredCheckpoint::pointer).toList();
    }

    private Optional<RestorePoint> latest(Opened open, List<StoredCheckpoint> candidates)
            throws IOException {
        boolean fallBack = job.settings().get(StateRecoveryOptions.FALL_BACK);
        return restore(open).latest(candidates, fallBack);
    }

    private CheckpointRestore restore(Opened open) {
        return new CheckpointRestore(new CheckpointVerifier(open.store(), blocking, VERIFIERS));
    }

    boolean ignoresUnclaimed() {
        return job.settings().get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE);
    }

    /** All tasks run. */
    synchronized void start(
            Collection<OperatorLayout> operators,
            Collection<? extends CheckpointTask> tasks,
            Optional<RestorePoint> from) {
        started = new Started(operators, tasks, from);
        if (opened != null) {
            opened.coordinator().start(operators, tasks, from);
        }
    }

    /** The tasks are being stopped. */
    synchronized CompletionStage<Void> suspend() {
        started = null;
        return opened == null
                ? CompletableFuture.completedFuture(null)
                : opened.coordinator().suspend();
    }

    /** The checkpoint at the end of all input. */
    CompletionStage<CompletedCheckpoint> atEnd() {
        return opened.coordinator().checkpoint(StopMode.DRAIN);
    }

    CompletionStage<CompletedCheckpoint> savepoint(URI directory, StopMode stop) {
        return coordinator().thenCompose(coordinator -> coordinator.savepoint(directory, stop));
    }

    /** The right to send a cut that is no checkpoint. */
    CompletionStage<CheckpointCoordinator.Turn> turn() {
        return coordinator().thenCompose(CheckpointCoordinator::turn);
    }

    private CompletableFuture<CheckpointCoordinator> coordinator() {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return open().coordinator();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                blocking);
    }

    CheckpointMetrics metrics() {
        Opened open = opened;
        if (open == null) {
            return CheckpointMetrics.NONE;
        }
        CheckpointOverview overview = open.coordinator().overview();
        return new CheckpointMetrics(
                overview.completed(),
                overview.failed(),
                overview.lastCompleted()
                        .map(
                                last ->
                                        new CheckpointMetrics.Completed(
                                                last.id(), last.totalBytes(), last.duration())),
                overview.lastFailure()
                        .map(
                                failure ->
                                        new CheckpointMetrics.Failed(
                                                failure.checkpointId(), failure.problem())));
    }

    /** Ends everything; blocks until storage has done its part, but not for ever. */
    void close(JobEnd end) {
        Opened open;
        synchronized (this) {
            closed = true;
            open = opened;
        }
        if (open == null) {
            return;
        }
        try {
            open.coordinator()
                    .close(end)
                    .toCompletableFuture()
                    .get(
                            (end == JobEnd.CANCELLED ? CANCEL_PATIENCE : PATIENCE).toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("Checkpoints of job '{}' may be left", job.jobName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.threads().close();
        try {
            open.store().close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Closing the checkpoint store of job '{}' failed", job.jobName(), e);
        }
    }

    @Override
    public void acknowledge(
            CheckpointTask task,
            long checkpointId,
            Map<String, OperatorSnapshot> snapshots,
            SnapshotTimings timings) {
        opened.coordinator().acknowledge(task, checkpointId, snapshots, timings);
    }

    @Override
    public void decline(CheckpointTask task, long checkpointId, Throwable cause) {
        opened.coordinator().decline(task, checkpointId, cause);
    }

    @Override
    public SeekableInput open(StreamHandle handle) throws IOException {
        return open().store().open(handle);
    }
}
