package io.holdfast.runtime.checkpoint;

import io.holdfast.api.config.CheckpointingMode;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.PendingCheckpoint.State;
import io.holdfast.spi.snapshot.SnapshotKind;
import io.holdfast.spi.storage.CheckpointStore;
import io.holdfast.spi.storage.CheckpointWrite;
import io.holdfast.spi.storage.StoredCheckpoint;
import io.holdfast.toolkit.metadata.CheckpointMetadata;
import io.holdfast.toolkit.metadata.OperatorSnapshot;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
     * The life of a checkpoint, in the order of the methods below: `wake` triggers what is due,
     * `begun` sends barriers, `acknowledged` collects, `publish` hands the metadata to the storage,
     * `published` tells the tasks; `abort` may come at any point before; `end` frees the slot.
     * Left to others: CheckpointSchedule knows what is due, Housekeeping what is kept and in which
     * order the rest is removed, CheckpointProblems what is said.
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
     */

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointCoordinator.class);

    /** No checkpoint begins while so many removals wait: else a slow storage would fill up. */
    private static final int MAX_REMOVALS = 100;

    private final String jobId;
    private final String jobName;
    private final CheckpointSettings settings;
    private final CheckpointStore store;
    private final CoordinatorThreads threads;
    private final CheckpointFailureListener listener;
    private final CheckpointProblems problems;
    private final CheckpointSchedule schedule;
    private final Housekeeping housekeeping;
    private final CheckpointRecorder recorder = new CheckpointRecorder();

    /** All that have not ended, by id: under way, or given up with the storage still at work. */
    private final NavigableMap<Long, PendingCheckpoint> open = new TreeMap<>();

    /** Others that send cuts: the first has the turn once no checkpoint is open. */
    private final Deque<CompletableFuture<Turn>> turns = new ArrayDeque<>();

    private final List<CompletableFuture<Void>> suspending = new ArrayList<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private long nextId;

    /** The tasks that run; null while none do. */
    private JobAttempt attempt;

    /** One with which the job stops has begun, so that nothing begins after it. */
    private boolean stopping;

    /** It is complete. */
    private boolean stopped;

    /** The next one must not build on files that belong to somebody else. */
    private boolean fullNext;

    private boolean closing;
    private int failuresInARow;

    /** Whoever sends a cut now; null if nobody does. */
    private Turn turn;

    private CoordinatorThreads.Timer wakeUp = () -> {};

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
        this.problems = new CheckpointProblems(jobName, settings.timeout());
        this.schedule = new CheckpointSchedule(settings);
        Disposal disposal = new Disposal(store, threads, this::removalEnded);
        this.housekeeping = new Housekeeping(jobName, published, disposal, this::firstOpen);
        this.nextId = housekeeping.highestId() + 1;
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

    /**
     * The right to send a cut through the tasks that is no checkpoint: none is under way, and none
     * begins before it ends.
     */
    public final class Turn implements AutoCloseable {
        private final long cut;

        private Turn(long cut) {
            this.cut = cut;
        }

        /**
         * The id of the cut.
         *
         * @return greater than that of every checkpoint before, less than that of those that follow
         */
        public long cut() {
            return cut;
        }

        /** Ends the turn. Idempotent; from any thread. */
        @Override
        public void close() {
            act(
                    () -> {
                        if (turn == this) {
                            turn = null;
                            wake();
                        }
                    });
        }
    }

    /**
     * Asks for the right to send a cut. It is given when what is under way has ended; checkpoints
     * that are due meanwhile wait.
     *
     * @return completes with the right, which the caller closes; exceptionally if the job is not
     *     running, stops, or restarts meanwhile
     */
    public CompletionStage<Turn> turn() {
        CompletableFuture<Turn> result = new CompletableFuture<>();
        act(
                () -> {
                    if (attempt == null || stopping || stopped) {
                        refuse(List.of(result), "the job is not running, or stops");
                    } else {
                        turns.add(result);
                        wake();
                    }
                });
        return result;
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
        return housekeeping.offered();
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
            listener.tooManyFailures(problems.coordinatorFailed(e));
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
        started.from()
                .ifPresent(from -> nextId = Math.max(nextId, from.metadata().checkpointId() + 1));
        housekeeping.startedFrom(started);
        schedule.started(threads.nanoTime());
        wake();
    }

    private CompletionStage<CompletedCheckpoint> enqueue(CheckpointOrder order) {
        act(
                () -> {
                    if (attempt == null || stopped) {
                        settle(order, problems.noneNow("the job is not running"));
                    } else {
                        schedule.ask(order);
                        wake();
                    }
                });
        return order.result();
    }

    /** Triggers what is due and sets the clock for what is not. */
    private void wake() {
        wakeUp.cancel();
        wakeUp = () -> {};
        giveTurn();
        while (attempt != null
                && !stopping
                && turn == null
                && turns.isEmpty()
                && schedule.hasFreeSlot(open.size())) {
            if (housekeeping.waiting() >= MAX_REMOVALS) {
                wakeUp = later(settings.timeout(), this::removalsHang);
                return;
            }
            long now = threads.nanoTime();
            Optional<CheckpointOrder> due = schedule.takeDue(now, open.size());
            if (due.isEmpty()) {
                schedule.untilPeriodic(now, open.size())
                        .ifPresent(wait -> wakeUp = later(wait, this::wake));
                return;
            }
            trigger(due.get());
        }
    }

    private void giveTurn() {
        if (turn == null && !turns.isEmpty() && open.isEmpty() && attempt != null) {
            Turn given = new Turn(nextId++);
            turn = given;
            CompletableFuture<Turn> asked = turns.remove();
            threads.executeBlocking(() -> asked.complete(given));
        }
    }

    private void refuse(List<CompletableFuture<Turn>> asked, String why) {
        HoldfastException refusal = new HoldfastException(problems.noneNow(why));
        threads.executeBlocking(() -> asked.forEach(each -> each.completeExceptionally(refusal)));
    }

    /** No removal has ended for a whole timeout. */
    private void removalsHang() {
        storageIsSilent(nextId - 1, problems.removalsHang(housekeeping.waiting()));
        wake();
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
        inStorage(
                checkpoint,
                "begun",
                () -> begin(checkpoint.id, order),
                write -> begun(checkpoint, write));
    }

    /** On another thread. */
    private CheckpointWrite begin(long id, CheckpointOrder order) throws IOException {
        return order.isSavepoint()
                ? store.beginSavepoint(order.savepoint().get())
                : store.begin(id);
    }

    /** A call of the storage for one checkpoint. */
    @FunctionalInterface
    private interface StorageCall<T> {
        T call() throws IOException;
    }

    /**
     * Calls the storage on another thread and comes back to this one.
     *
     * @param step what it does to the checkpoint, for the message if it fails
     * @param then takes what it answers; the checkpoint may have been given up meanwhile
     */
    private <T> void inStorage(
            PendingCheckpoint checkpoint, String step, StorageCall<T> call, Consumer<T> then) {
        checkpoint.storageBusy = true;
        threads.executeBlocking(
                () -> {
                    try {
                        T answer = call.call();
                        act(
                                () -> {
                                    checkpoint.storageBusy = false;
                                    then.accept(answer);
                                });
                    } catch (IOException | RuntimeException | Error e) {
                        act(
                                () -> {
                                    checkpoint.storageBusy = false;
                                    storageFailed(checkpoint, step, e);
                                });
                    }
                });
    }

    private void begun(PendingCheckpoint checkpoint, CheckpointWrite write) {
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
                    problems.unexpectedOperators(task, snapshots.keySet()));
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
            abort(checkpoint, AbortCause.DECLINED, problems.declined(checkpoint, task, cause));
        }
    }

    private void publish(PendingCheckpoint checkpoint) {
        CheckpointMetadata metadata = checkpoint.metadata(jobId, jobName, threads.now());
        Optional<URI> wrong = housekeeping.fileNotOfTheJob(checkpoint.attempt, metadata);
        if (wrong.isPresent()) {
            abort(
                    checkpoint,
                    AbortCause.INVALID,
                    problems.fileNotOfTheJob(checkpoint, wrong.get()));
            return;
        }
        checkpoint.publishing(metadata, housekeeping::knows, threads.nanoTime());
        checkpoint.enter(State.PUBLISHING);
        checkpoint.sink.seal();
        inStorage(
                checkpoint,
                "stored",
                () -> {
                    checkpoint.sink.closeOutputs();
                    return Published.by(store, checkpoint, metadata);
                },
                stored -> published(checkpoint, metadata, stored));
    }

    private void published(
            PendingCheckpoint checkpoint, CheckpointMetadata metadata, Published stored) {
        if (!checkpoint.isUnderWay()) {
            // It became durable after it had been given up.
            housekeeping.takeBack(stored, checkpoint.sink.shared());
            end(checkpoint);
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
            housekeeping.add(stored.restorable().get(), metadata);
            giveUpEarlier(checkpoint);
            if (checkpoint.attempt == attempt) {
                tell(checkpoint, task -> task.completed(checkpoint.id));
            }
            housekeeping.keepOnly(settings.retained(), nextId - 1);
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

    /** What is complete takes the place of earlier ones that are still under way. */
    private void giveUpEarlier(PendingCheckpoint completed) {
        for (PendingCheckpoint earlier : List.copyOf(open.headMap(completed.id).values())) {
            if (!earlier.order.isSavepoint()) {
                giveUp(
                        earlier,
                        AbortCause.SUBSUMED,
                        completed.describe().toLowerCase(Locale.ROOT) + " was complete first");
            }
        }
    }

    private void storageFailed(PendingCheckpoint checkpoint, String step, Throwable cause) {
        if (checkpoint.isUnderWay()) {
            Problem problem = problems.storageFailed(checkpoint, step, cause);
            abort(checkpoint, AbortCause.STORAGE, problem);
        } else {
            cleanUp(checkpoint);
        }
    }

    private void timedOut(PendingCheckpoint checkpoint) {
        if (checkpoint.isUnderWay()) {
            abort(checkpoint, AbortCause.TIMED_OUT, problems.timedOut(checkpoint));
        }
    }

    private void abort(PendingCheckpoint checkpoint, AbortCause cause, Problem problem) {
        if (!checkpoint.isUnderWay()) {
            return;
        }
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
        if (attempt != null) {
            storageIsSilent(checkpoint.id, problems.storageHangs(checkpoint));
        }
    }

    private void storageIsSilent(long checkpointId, Problem problem) {
        LOG.warn("Job '{}': {}", jobName, problem);
        recorder.failed(
                new CheckpointFailure(checkpointId, AbortCause.STORAGE, problem, threads.now()));
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
        schedule.ended(threads.nanoTime());
        housekeeping.removeUnneeded();
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
        turn = null;
        refuse(List.copyOf(turns), "the job is being restarted");
        turns.clear();
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
        turn = null;
        refuse(List.copyOf(turns), "the job has ended");
        turns.clear();
        wakeUp.cancel();
        refuseQueue("the job has ended");
        giveUpAll(AbortCause.CLOSED, "the job has ended");
        if (!end.keeps(settings.retention())) {
            housekeeping.keepOnly(0, nextId - 1);
        }
        housekeeping.removeUnneeded();
        finishClosing();
    }

    private void finishClosing() {
        if (closing && open.isEmpty() && housekeeping.waiting() == 0) {
            threads.executeBlocking(() -> closed.complete(null));
        }
    }

    private void giveUpAll(AbortCause cause, String why) {
        List.copyOf(open.values()).forEach(checkpoint -> giveUp(checkpoint, cause, why));
    }

    private void giveUp(PendingCheckpoint checkpoint, AbortCause cause, String why) {
        abort(checkpoint, cause, problems.givenUp(checkpoint, why));
    }

    private void refuseQueue(String why) {
        schedule.withdraw().forEach(order -> settle(order, problems.noneNow(why)));
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
}
