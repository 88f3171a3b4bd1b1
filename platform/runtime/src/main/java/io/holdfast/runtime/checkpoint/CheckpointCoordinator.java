package io.holdfast.runtime.checkpoint;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.PendingCheckpoint.State;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.CheckpointMetadataFormat;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the checkpoints of one job, from its first start to its end, over all restarts in between.
 *
 * <p>All methods may be called from any thread and none blocks. What they return completes on a
 * thread that may be blocked; completing exceptionally always means a {@link HoldfastException}.
 */
public final class CheckpointCoordinator implements CheckpointResponder {
    /*
     * One owner. All state is touched only by the coordinator's thread (CoordinatorThreads); every
     * public method and every answer of the storage is an action handed to it. So there are no
     * locks and no order of locks, and a test that runs the actions by hand sees every interleaving
     * there can be.
     *
     * The storage may block for ever. It is called on other threads, at most one call for each
     * checkpoint at a time (PendingCheckpoint.storageBusy). A checkpoint that is given up while such
     * a call is out stays in `open` until the call has come back and everything was removed: it
     * keeps its slot, so calls to a storage that hangs do not pile up; and each timeout that goes by
     * meanwhile counts as one more failure, so that a job does not run on without checkpoints in
     * silence.
     *
     * Late publication. If metadata become durable after their checkpoint was given up, the
     * checkpoint is removed. Should the process die before that, a later process finds it as the
     * newest: that is harmless, because all of its tasks had delivered, and because nothing was
     * committed after it that it does not know of: a commit needs a completed checkpoint with a
     * higher id, which would then be the newest.
     *
     * Restarts. A checkpoint that is being published when the job fails is waited for (`suspend`):
     * the decision what to restore from must not be taken while it may still become the newest.
     *
     * What tasks are told. `completed` means that the job will never restart from anything older,
     * so that it may commit. It is called for checkpoints, and for savepoints with which the job
     * stops. A savepoint after which the job goes on is no point the job restarts from, so nothing
     * may be committed because of it. One with which it stops becomes such a point before tasks are
     * told: a checkpoint of the same id is published that refers to the savepoint's files. Ids of
     * completed checkpoints grow, because a checkpoint that completes drops the earlier ones that
     * are still under way.
     *
     * Order of removal. Metadata of the new checkpoint durable; then it is in the retained list;
     * then tasks are told; then the oldest is removed, its metadata first, then its own files; then
     * shared files that no retained checkpoint refers to (RetainedCheckpoints). What an earlier
     * process wrote for checkpoints that it never published is swept once, when the job starts.
     */

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCoordinator.class);

    /** No checkpoint begins while so many removals wait: else a slow storage would fill up. */
    private static final int MAX_REMOVALS = 100;

    /** How a known problem begins when it comes as the message of another exception. */
    private static final Pattern PROBLEM = Pattern.compile("[A-Z]+-\\d{4} .*");

    private final String jobId;
    private final String jobName;
    private final CheckpointSettings settings;
    private final CheckpointStore store;
    private final CoordinatorThreads threads;
    private final CheckpointFailureListener listener;
    private final Disposal disposal;
    private final CheckpointRecorder recorder = new CheckpointRecorder();
    private final RetainedCheckpoints retained;

    /** All that have not ended, by id: under way, or given up with the storage still at work. */
    private final NavigableMap<Long, PendingCheckpoint> open = new TreeMap<>();

    private final Deque<CheckpointOrder> queue = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> suspending = new ArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private long nextId;
    private JobAttempt attempt;
    private boolean stopping;
    private boolean stopped;
    private boolean fullNext;
    private boolean swept;
    private boolean closing;
    private int failuresInARow;
    private long lastPeriodicStart;
    private long earliestNext;
    private CoordinatorThreads.Timer wakeUp = () -> {};
    private volatile List<StoredCheckpoint> retainedView;

    /**
     * Makes the coordinator of a job that has not started.
     *
     * @param jobId identifies the job over restarts
     * @param jobName for people
     * @param settings how checkpoints are taken
     * @param store where they go; stays open longer than the coordinator
     * @param published what {@link CheckpointStore#published()} returns now; the coordinator keeps
     *     and removes these like its own
     * @param threads time and threads; stay open longer than the coordinator
     * @param listener told when checkpoints fail too often
     */
    public CheckpointCoordinator(
            String jobId,
            String jobName,
            CheckpointSettings settings,
            CheckpointStore store,
            List<StoredCheckpoint> published,
            CoordinatorThreads threads,
            CheckpointFailureListener listener) {
        this.jobId = Objects.requireNonNull(jobId, "jobId");
        this.jobName = Objects.requireNonNull(jobName, "jobName");
        this.settings = Objects.requireNonNull(settings, "settings");
        this.store = Objects.requireNonNull(store, "store");
        this.threads = Objects.requireNonNull(threads, "threads");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.disposal = new Disposal(store, threads, this::removalEnded);
        this.retained = new RetainedCheckpoints(published);
        this.nextId = Math.max(0, retained.highestId().orElse(0)) + 1;
        this.retainedView = retained.stored();
    }

    /**
     * The job's tasks are about to run: checkpoints may be triggered from now on.
     *
     * <p>A job that is restored from a checkpoint it does not own, or from none, should have a job
     * id of its own: otherwise a later process would take older checkpoints for its newest.
     *
     * @param operators every operator, with its max parallelism
     * @param tasks every task; each subtask of each operator belongs to one
     * @param from what the tasks are restored from; empty if they start afresh
     * @throws IllegalArgumentException if operators and tasks do not fit
     */
    public void start(
            Collection<OperatorLayout> operators,
            Collection<? extends CheckpointTask> tasks,
            Optional<RestorePoint> from) {
        JobAttempt started = new JobAttempt(operators, tasks, from);
        act(() -> started(started));
    }

    /**
     * Asks for a checkpoint beside the periodic ones. It waits for a free slot, not for the minimal
     * pause.
     *
     * @param stop what follows it; {@link StopMode#DRAIN} for the last one at the end of all input
     * @return completes when the checkpoint is; exceptionally if it is aborted
     */
    public CompletionStage<CompletedCheckpoint> checkpoint(StopMode stop) {
        return enqueue(CheckpointOrder.checkpoint(stop));
    }

    /**
     * Asks for a savepoint. It waits for a free slot, not for the minimal pause.
     *
     * @param directory where to make it: a directory that does not exist or is empty
     * @param stop what follows it
     * @return completes when the savepoint is; exceptionally if it is aborted
     */
    public CompletionStage<CompletedCheckpoint> savepoint(URI directory, StopMode stop) {
        return enqueue(CheckpointOrder.savepoint(directory, stop));
    }

    @Override
    public void acknowledge(
            CheckpointTask task,
            long checkpointId,
            Map<String, OperatorSnapshot> snapshots,
            SnapshotTimings timings) {
        Map<String, OperatorSnapshot> delivered = Map.copyOf(snapshots);
        act(() -> acknowledged(task, checkpointId, delivered, timings));
    }

    @Override
    public void decline(CheckpointTask task, long checkpointId, Throwable cause) {
        act(() -> declined(task, checkpointId, cause));
    }

    /**
     * The job's tasks have failed or are being stopped: none of them is called any more once the
     * result is complete, and {@link #retained()} does not change before the next {@link #start}.
     *
     * @return completes when no checkpoint is being stored any more, at the latest at its timeout
     */
    public CompletionStage<Void> suspend() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        act(
                () -> {
                    suspending.add(result);
                    suspended();
                });
        return result;
    }

    /**
     * The job has ended: gives up what is under way and removes retained checkpoints if the
     * retention says so.
     *
     * @param end how it ended
     * @return completes when everything was removed; never, while the storage hangs
     */
    public CompletionStage<Void> close(JobEnd end) {
        act(() -> ended(end));
        return closed.copy();
    }

    /**
     * The job's own completed checkpoints that it may be restored from, for {@link
     * CheckpointRestore#latest}.
     *
     * @return newest first
     */
    public List<StoredCheckpoint> retained() {
        return retainedView;
    }

    /**
     * How checkpoints have gone so far.
     *
     * @return what is known at this moment
     */
    public CheckpointOverview overview() {
        return recorder.overview();
    }

    // ---- from here on: the coordinator's thread ----

    private void act(Runnable action) {
        threads.execute(() -> guarded(action));
    }

    private CoordinatorThreads.Timer later(Duration delay, Runnable action) {
        return threads.schedule(delay, () -> guarded(action));
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The checkpoint coordinator of job '{}' failed", jobName, e);
            listener.tooManyFailures(
                    Problem.bug("JOB-6100", "The checkpoint coordinator failed: " + e)
                            .with("job", jobName)
                            .build());
        } finally {
            recorder.show(failuresInARow, open.values(), threads.nanoTime());
        }
    }

    private void started(JobAttempt started) {
        if (closing) {
            return;
        }
        // Whoever starts has decided what from; what was under way must not become newer than that.
        giveUpAll(AbortCause.SUSPENDED, "the job restarts");
        attempt = started;
        stopping = false;
        stopped = false;
        failuresInARow = 0;
        fullNext = started.hasForeignFiles();
        OptionalLong own = OptionalLong.empty();
        if (started.from().isPresent()) {
            RestorePoint from = started.from().get();
            long id = from.metadata().checkpointId();
            nextId = Math.max(nextId, id + 1);
            if (from.isOwn()) {
                own = OptionalLong.of(id);
            } else {
                retained.disown(from.stored(), started::isForeign);
            }
        }
        sweep(started.from());
        retained.suspectAbove(own);
        retainedView = retained.stored();
        lastPeriodicStart = threads.nanoTime();
        earliestNext = lastPeriodicStart;
        wake();
    }

    /** Once, when it is known what the job goes on from: that may be no checkpoint of its own. */
    private void sweep(Optional<RestorePoint> from) {
        if (swept) {
            return;
        }
        swept = true;
        retained.inheritedFiles()
                .ifPresentOrElse(
                        files -> {
                            Set<URI> live = new HashSet<>(files);
                            from.ifPresent(
                                    point ->
                                            point.metadata()
                                                    .files()
                                                    .map(StreamHandle.InFile::file)
                                                    .forEach(live::add));
                            disposal.unreferenced(live);
                        },
                        () ->
                                LOG.warn(
                                        "Job '{}' has a checkpoint whose metadata cannot be read:"
                                                + " shared streams that nothing else refers to"
                                                + " stay",
                                        jobName));
    }

    private CompletionStage<CompletedCheckpoint> enqueue(CheckpointOrder order) {
        act(
                () -> {
                    if (attempt == null || stopped) {
                        settle(order, refusal("the job is not running"));
                    } else {
                        queue.add(order);
                        wake();
                    }
                });
        return order.result();
    }

    private static Problem refusal(String why) {
        return Problem.environment("JOB-6109", "No checkpoint can be taken: " + why + ".")
                .advise("try again when the job runs")
                .build();
    }

    /** Triggers what is due and sets the clock for what is not. */
    private void wake() {
        wakeUp.cancel();
        wakeUp = () -> {};
        while (attempt != null && !stopping && open.size() < settings.maxConcurrent()) {
            if (disposal.waiting() >= MAX_REMOVALS) {
                wakeUp = later(settings.timeout(), this::removalsHang);
                return;
            }
            CheckpointOrder order = queue.poll();
            if (order == null) {
                if (!settings.isPeriodic() || mustPause()) {
                    return;
                }
                long wait = untilPeriodic();
                if (wait > 0) {
                    wakeUp = later(Duration.ofNanos(wait), this::wake);
                    return;
                }
                order = CheckpointOrder.checkpoint(StopMode.NONE);
                lastPeriodicStart = threads.nanoTime();
            }
            trigger(order);
        }
    }

    /** No removal has ended for a whole timeout. */
    private void removalsHang() {
        Problem problem =
                Problem.environment(
                                "JOB-6103",
                                "The storage has removed nothing for %s, and %d removals wait."
                                        .formatted(settings.timeout(), disposal.waiting()))
                        .with("job", jobName)
                        .with("no checkpoints", "until it does")
                        .advise("see that the storage can be reached")
                        .build();
        LOG.warn("Job '{}': {}", jobName, problem);
        recorder.failed(
                new CheckpointFailure(nextId - 1, AbortCause.STORAGE, problem, threads.now()));
        countFailure(problem);
        wake();
    }

    /** The pause is counted from the end of what is under way. */
    private boolean mustPause() {
        return !settings.minPause().isZero() && !open.isEmpty();
    }

    private long untilPeriodic() {
        long now = threads.nanoTime();
        long byInterval = lastPeriodicStart + nanos(settings.interval()) - now;
        return Math.max(byInterval, earliestNext - now);
    }

    private void trigger(CheckpointOrder order) {
        SnapshotKind kind =
                order.isSavepoint()
                        ? SnapshotKind.CANONICAL
                        : fullNext ? SnapshotKind.FULL : settings.kind();
        PendingCheckpoint checkpoint =
                new PendingCheckpoint(
                        nextId++, order, kind, attempt, threads.now(), threads.nanoTime());
        open.put(checkpoint.id, checkpoint);
        stopping = order.stop() != StopMode.NONE;
        recorder.triggered();
        checkpoint.timer = later(settings.timeout(), () -> timedOut(checkpoint));
        checkpoint.storageBusy = true;
        threads.executeBlocking(() -> begin(checkpoint));
    }

    /** On another thread. */
    private void begin(PendingCheckpoint checkpoint) {
        try {
            Optional<URI> savepoint = checkpoint.order.savepoint();
            CheckpointWrite write =
                    savepoint.isPresent()
                            ? store.beginSavepoint(savepoint.get())
                            : store.begin(checkpoint.id);
            act(() -> begun(checkpoint, write));
        } catch (IOException | RuntimeException | Error e) {
            act(() -> storageFailed(checkpoint, "begun", e));
        }
    }

    private void begun(PendingCheckpoint checkpoint, CheckpointWrite write) {
        checkpoint.storageBusy = false;
        checkpoint.write = write;
        checkpoint.sink = new CheckpointSink(checkpoint.id, write, store::discard);
        if (!checkpoint.isUnderWay()) {
            checkpoint.sink.abort();
            cleanUp(checkpoint);
            return;
        }
        checkpoint.enter(State.ACKING);
        Barrier barrier =
                new Barrier(
                        checkpoint.id,
                        checkpoint.triggeredAt.toEpochMilli(),
                        checkpoint.kind,
                        checkpoint.order.stop(),
                        holdsBack(checkpoint.order),
                        checkpoint.sink);
        for (CheckpointTask task : checkpoint.attempt.tasks()) {
            if (task.isSource() && checkpoint.isUnderWay()) {
                try {
                    task.trigger(barrier);
                } catch (RuntimeException e) {
                    declined(task, checkpoint.id, e);
                }
            }
        }
    }

    /** What a job can be started from again by request, or ends with, is exact in any case. */
    private boolean holdsBack(CheckpointOrder order) {
        return settings.mode() == CheckpointingMode.EXACTLY_ONCE
                || order.isSavepoint()
                || order.stop() != StopMode.NONE;
    }

    private void acknowledged(
            CheckpointTask task,
            long checkpointId,
            Map<String, OperatorSnapshot> snapshots,
            SnapshotTimings timings) {
        PendingCheckpoint checkpoint = open.get(checkpointId);
        if (checkpoint == null
                || checkpoint.state() != State.ACKING
                || !checkpoint.waitsFor(task)) {
            // Too late or twice. What was written for an aborted checkpoint its sink has removed.
            LOG.debug("Checkpoint {} does not wait for {}", checkpointId, task.name());
            return;
        }
        if (!task.operatorIds().containsAll(snapshots.keySet())) {
            abort(
                    checkpoint,
                    AbortCause.INVALID,
                    Problem.bug(
                                    "JOB-6104",
                                    "Task %s delivered state of operators it does not have."
                                            .formatted(task.name()))
                            .with("delivered", snapshots.keySet())
                            .with("expected", task.operatorIds()));
            return;
        }
        checkpoint.deliver(task, snapshots, timings);
        if (checkpoint.isDelivered()) {
            publish(checkpoint);
        }
    }

    private void declined(CheckpointTask task, long checkpointId, Throwable cause) {
        PendingCheckpoint checkpoint = open.get(checkpointId);
        if (checkpoint != null && checkpoint.state() == State.ACKING && checkpoint.waitsFor(task)) {
            abort(
                    checkpoint,
                    AbortCause.DECLINED,
                    withCause(
                            Problem.environment(
                                            "JOB-6101",
                                            "%s was declined by %s (subtask %d): %s"
                                                    .formatted(
                                                            checkpoint.describe(),
                                                            task.name(),
                                                            task.subtask(),
                                                            describe(cause)))
                                    .with("job", jobName),
                            cause));
        }
    }

    private void publish(PendingCheckpoint checkpoint) {
        CheckpointMetadata metadata = checkpoint.metadata(jobId, jobName, threads.now());
        Optional<URI> wrong =
                metadata.files()
                        .map(StreamHandle.InFile::file)
                        .filter(checkpoint.attempt::isForeign)
                        .findFirst()
                        .or(() -> retained.removedFileOf(metadata));
        if (wrong.isPresent()) {
            abort(
                    checkpoint,
                    AbortCause.INVALID,
                    Problem.bug(
                                    "JOB-6106",
                                    checkpoint.describe()
                                            + " refers to a file that does not belong to the job"
                                            + " any more.")
                            .with("file", wrong.get())
                            .advise(
                                    "report it to the author of the state backend: a backend may"
                                            + " refer only to files of completed checkpoints, and"
                                            + " not to any after a full snapshot"));
            return;
        }
        checkpoint.publishing(metadata, retained::knows, threads.nanoTime());
        checkpoint.enter(State.PUBLISHING);
        checkpoint.sink.seal();
        checkpoint.storageBusy = true;
        threads.executeBlocking(
                () -> {
                    try {
                        checkpoint.sink.closeOutputs();
                        Stored stored = store(checkpoint, metadata);
                        act(() -> published(checkpoint, metadata, stored));
                    } catch (IOException | RuntimeException | Error e) {
                        act(() -> storageFailed(checkpoint, "stored", e));
                    }
                });
    }

    /**
     * What was published for a checkpoint or savepoint.
     *
     * @param itself what was asked for
     * @param restorable what the job may restart from: itself; for a savepoint with which the job
     *     stops, a checkpoint that refers to its files; for another, nothing
     */
    private record Stored(StoredCheckpoint itself, Optional<StoredCheckpoint> restorable) {}

    /** On another thread. */
    private Stored store(PendingCheckpoint checkpoint, CheckpointMetadata metadata)
            throws IOException {
        StoredCheckpoint itself = publish(checkpoint.write, metadata);
        if (!checkpoint.order.isSavepoint()) {
            return new Stored(itself, Optional.of(itself));
        }
        if (checkpoint.order.stop() == StopMode.NONE) {
            return new Stored(itself, Optional.empty());
        }
        try (CheckpointWrite reference = store.begin(checkpoint.id)) {
            return new Stored(itself, Optional.of(publish(reference, metadata)));
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

    private void published(
            PendingCheckpoint checkpoint, CheckpointMetadata metadata, Stored stored) {
        checkpoint.storageBusy = false;
        if (!checkpoint.isUnderWay()) {
            takeBack(checkpoint, stored);
            return;
        }
        checkpoint.published(threads.nanoTime());
        checkpoint.enter(State.COMPLETE);
        CheckpointStatistics statistics =
                checkpoint.statistics(threads.nanoTime(), Optional.empty());
        recorder.completed(statistics);
        LOG.debug(
                "{} of job '{}' is complete at {}",
                checkpoint.describe(),
                jobName,
                stored.itself());
        if (stored.restorable().isPresent()) {
            failuresInARow = 0;
            fullNext = fullNext && checkpoint.kind != SnapshotKind.FULL;
            retained.add(stored.restorable().get(), metadata);
            giveUpEarlier(checkpoint);
            if (checkpoint.attempt == attempt) {
                tell(checkpoint, task -> task.completed(checkpoint.id));
            }
            keepOnly(settings.retained());
        }
        if (checkpoint.order.stop() != StopMode.NONE) {
            stopped = true;
            refuseQueue("the job stops");
        }
        CompletedCheckpoint completed =
                new CompletedCheckpoint(checkpoint.id, stored.itself(), statistics);
        threads.executeBlocking(() -> checkpoint.order.result().complete(completed));
        end(checkpoint);
    }

    /** It became durable after it had been given up: goes, and what refers to it goes first. */
    private void takeBack(PendingCheckpoint checkpoint, Stored stored) {
        Collection<StreamHandle.InFile> shared = checkpoint.sink.shared();
        Runnable itself =
                () -> disposal.checkpoint(stored.itself(), () -> disposal.streams(shared));
        Optional<StoredCheckpoint> reference =
                stored.restorable().filter(other -> !other.equals(stored.itself()));
        if (reference.isPresent()) {
            disposal.checkpoint(reference.get(), itself);
        } else {
            itself.run();
        }
        end(checkpoint);
    }

    private void keepOnly(int count) {
        for (StoredCheckpoint dropped : retained.dropAllBut(count, nextId - 1)) {
            disposal.checkpoint(
                    dropped,
                    () -> {
                        retained.removed(dropped);
                        disposal.streams(retained.releaseCondemned(firstOpen()));
                    });
        }
        retainedView = retained.stored();
    }

    /** What is complete takes the place of earlier ones that are still under way. */
    private void giveUpEarlier(PendingCheckpoint completed) {
        for (PendingCheckpoint earlier : List.copyOf(open.headMap(completed.id).values())) {
            if (!earlier.order.isSavepoint()) {
                abort(
                        earlier,
                        AbortCause.SUBSUMED,
                        Problem.environment(
                                "JOB-6105",
                                "%s was given up because %s was complete first."
                                        .formatted(
                                                earlier.describe(),
                                                completed.describe().toLowerCase(Locale.ROOT))));
            }
        }
    }

    private void storageFailed(PendingCheckpoint checkpoint, String step, Throwable cause) {
        checkpoint.storageBusy = false;
        if (checkpoint.isUnderWay()) {
            abort(
                    checkpoint,
                    AbortCause.STORAGE,
                    withCause(
                                    Problem.environment(
                                                    "JOB-6103",
                                                    "%s could not be %s: %s"
                                                            .formatted(
                                                                    checkpoint.describe(),
                                                                    step,
                                                                    describe(cause)))
                                            .with("job", jobName),
                                    cause)
                            .advise("see that the storage can be reached and has room"));
        } else {
            cleanUp(checkpoint);
        }
    }

    private void timedOut(PendingCheckpoint checkpoint) {
        if (checkpoint.isUnderWay()) {
            String waiting =
                    switch (checkpoint.state()) {
                        case TRIGGERED -> "the storage to begin it";
                        case ACKING -> "tasks: " + checkpoint.missing();
                        default -> "the storage to store its metadata";
                    };
            abort(
                    checkpoint,
                    AbortCause.TIMED_OUT,
                    Problem.environment(
                                    "JOB-6102",
                                    "%s was not complete after %s."
                                            .formatted(checkpoint.describe(), settings.timeout()))
                            .with("job", jobName)
                            .with("waited for", waiting)
                            .advise(
                                    "raise execution.checkpointing.timeout if the state is large;"
                                            + " look for slow tasks or a slow storage if not"));
        }
    }

    private void abort(
            PendingCheckpoint checkpoint, AbortCause cause, Problem.Builder description) {
        if (!checkpoint.isUnderWay()) {
            return;
        }
        Problem problem = description.build();
        boolean known = checkpoint.state() != State.TRIGGERED;
        checkpoint.enter(State.ABORTED);
        checkpoint.timer.cancel();
        if (checkpoint.sink != null) {
            checkpoint.sink.abort();
        }
        CheckpointFailure failure =
                new CheckpointFailure(checkpoint.id, cause, problem, threads.now());
        recorder.aborted(failure, checkpoint.statistics(threads.nanoTime(), Optional.of(failure)));
        if (cause.isFailure()) {
            LOG.warn("Job '{}': {}", jobName, problem);
        }
        if (known && checkpoint.attempt == attempt) {
            tell(checkpoint, task -> task.aborted(checkpoint.id));
        }
        settle(checkpoint.order, problem);
        if (checkpoint.order.stop() != StopMode.NONE && checkpoint.attempt == attempt) {
            stopping = false;
        }
        checkpoint.timer = later(settings.timeout(), () -> storageHangs(checkpoint));
        if (!checkpoint.storageBusy) {
            cleanUp(checkpoint);
        }
        if (cause.isFailure() && !checkpoint.order.isSavepoint()) {
            countFailure(problem);
        }
        answerSuspending();
        wake();
    }

    private void storageHangs(PendingCheckpoint checkpoint) {
        if (!open.containsKey(checkpoint.id)) {
            return;
        }
        checkpoint.timer = later(settings.timeout(), () -> storageHangs(checkpoint));
        if (attempt == null) {
            return;
        }
        Problem problem =
                Problem.environment(
                                "JOB-6103",
                                "The storage has not answered for another %s since %s was given up."
                                        .formatted(
                                                settings.timeout(),
                                                checkpoint.describe().toLowerCase(Locale.ROOT)))
                        .with("job", jobName)
                        .with("no checkpoints", "until it does, if this uses up the slots")
                        .advise("see that the storage can be reached")
                        .build();
        LOG.warn("Job '{}': {}", jobName, problem);
        recorder.failed(
                new CheckpointFailure(checkpoint.id, AbortCause.STORAGE, problem, threads.now()));
        countFailure(problem);
    }

    private void countFailure(Problem problem) {
        failuresInARow++;
        if (failuresInARow > settings.tolerableFailures()) {
            failuresInARow = 0;
            listener.tooManyFailures(problem);
        }
    }

    /** Removes what an aborted checkpoint wrote; afterwards it has ended. */
    private void cleanUp(PendingCheckpoint checkpoint) {
        if (checkpoint.write == null) {
            end(checkpoint);
            return;
        }
        checkpoint.storageBusy = true;
        threads.executeBlocking(
                () -> {
                    checkpoint.sink.closeOutputs();
                    try {
                        checkpoint.write.close();
                    } catch (IOException | RuntimeException e) {
                        LOG.warn(
                                "{} of job '{}' left something behind",
                                checkpoint.describe(),
                                jobName,
                                e);
                    }
                    act(() -> end(checkpoint));
                });
    }

    private void end(PendingCheckpoint checkpoint) {
        checkpoint.storageBusy = false;
        checkpoint.timer.cancel();
        open.remove(checkpoint.id);
        earliestNext = threads.nanoTime() + nanos(settings.minPause());
        disposal.streams(retained.releaseCondemned(firstOpen()));
        answerSuspending();
        finishClosing();
        wake();
    }

    /** Savepoints refer to no shared file. */
    private OptionalLong firstOpen() {
        return open.values().stream()
                .filter(checkpoint -> !checkpoint.order.isSavepoint())
                .mapToLong(checkpoint -> checkpoint.id)
                .min();
    }

    private void removalEnded() {
        guarded(
                () -> {
                    finishClosing();
                    wake();
                });
    }

    private void suspended() {
        attempt = null;
        wakeUp.cancel();
        refuseQueue("the job is being restarted");
        for (PendingCheckpoint checkpoint : List.copyOf(open.values())) {
            if (checkpoint.state() != State.PUBLISHING) {
                giveUp(checkpoint, AbortCause.SUSPENDED, "the job failed or restarts");
            }
        }
        answerSuspending();
    }

    private void answerSuspending() {
        if (suspending.isEmpty()
                || open.values().stream().anyMatch(PendingCheckpoint::isUnderWay)) {
            return;
        }
        List<CompletableFuture<Void>> waiting = List.copyOf(suspending);
        suspending.clear();
        threads.executeBlocking(() -> waiting.forEach(each -> each.complete(null)));
    }

    private void ended(JobEnd end) {
        if (closing) {
            return;
        }
        closing = true;
        attempt = null;
        wakeUp.cancel();
        refuseQueue("the job has ended");
        giveUpAll(AbortCause.CLOSED, "the job has ended");
        if (!end.keeps(settings.retention())) {
            keepOnly(0);
        }
        disposal.streams(retained.releaseCondemned(firstOpen()));
        finishClosing();
    }

    private void finishClosing() {
        if (closing && open.isEmpty() && disposal.waiting() == 0) {
            threads.executeBlocking(() -> closed.complete(null));
        }
    }

    private void giveUpAll(AbortCause cause, String why) {
        List.copyOf(open.values()).forEach(checkpoint -> giveUp(checkpoint, cause, why));
    }

    private void giveUp(PendingCheckpoint checkpoint, AbortCause cause, String why) {
        abort(
                checkpoint,
                cause,
                Problem.environment(
                        "JOB-6105",
                        "%s was given up because %s.".formatted(checkpoint.describe(), why)));
    }

    private void refuseQueue(String why) {
        queue.forEach(order -> settle(order, refusal(why)));
        queue.clear();
    }

    private void settle(CheckpointOrder order, Problem problem) {
        threads.executeBlocking(
                () -> order.result().completeExceptionally(new HoldfastException(problem)));
    }

    private void tell(PendingCheckpoint checkpoint, Consumer<CheckpointTask> message) {
        for (CheckpointTask task : checkpoint.attempt.tasks()) {
            try {
                message.accept(task);
            } catch (RuntimeException e) {
                LOG.error("Task {} could not be told of {}", task.name(), checkpoint.describe(), e);
            }
        }
    }

    /** Nanoseconds, at most a century, so that sums do not overflow. */
    private static long nanos(Duration duration) {
        return Math.min(duration.toSeconds(), 100L * 365 * 24 * 3600) * 1_000_000_000L
                + duration.toNanosPart();
    }

    /** The cause in one line. */
    private static String describe(Throwable cause) {
        if (cause instanceof HoldfastException known) {
            return known.problem().summary();
        }
        if (cause.getMessage() == null) {
            return cause.getClass().getName();
        }
        String first = cause.getMessage().lines().findFirst().orElse("");
        return PROBLEM.matcher(first).matches()
                ? first
                : cause.getClass().getSimpleName() + ": " + first;
    }

    /** The cause in full, if it has more to say than {@link #describe}. */
    private static Problem.Builder withCause(Problem.Builder problem, Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.lines().count() < 2
                ? problem
                : problem.with("cause", message);
    }
}
