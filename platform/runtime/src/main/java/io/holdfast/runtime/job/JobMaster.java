package io.holdfast.runtime.job;

import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.CompletedCheckpoint;
import io.holdfast.runtime.checkpoint.JobEnd;
import io.holdfast.runtime.checkpoint.RestartStrategy;
import io.holdfast.runtime.checkpoint.StopMode;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.job.Attempt.Phase;
import io.holdfast.runtime.job.StartingPoints.StartingPoint;
import io.holdfast.runtime.job.Successors.Successor;
import io.holdfast.runtime.metrics.HandOverReport;
import io.holdfast.runtime.metrics.JobMetrics;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.runtime.task.Task;
import io.holdfast.runtime.task.TaskListener;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job: starts its tasks, restarts them after failures, and ends it. */
public final class JobMaster {
    /*
     * One thread, the owner, decides everything; what tasks, checkpoints and callers say is handed
     * to it (JobThreads.act). What may block (opening the store, verifying files, listing splits)
     * runs on other threads and comes back as one more thing to decide on (JobThreads.whenDone).
     * What other threads read is volatile.
     *
     * An attempt is the life of a set of tasks (Attempt). `prepare` lets choose what it starts from
     * (StartingPoints), `deploy` starts the tasks, `attemptEnded` comes when all of them have ended,
     * whatever the reason; only then is the next one prepared, because until then an old task might
     * still write. What was reported by tasks of an earlier attempt is ignored.
     *
     * The end. A task whose input has ended waits. When all wait, a last checkpoint is taken if the
     * job takes checkpoints, so that sinks can commit what came after the one before; then all are
     * told to finish, behind the message that the checkpoint is complete.
     */
    private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);
    private static final Duration FLUSH_EVERY = Duration.ofMillis(5);
    private static final Duration RESTORE_PATIENCE = Duration.ofSeconds(3);
    private static final int LAST_CHECKPOINT_ATTEMPTS = 5;
    private static final Duration LAST_CHECKPOINT_PAUSE = Duration.ofMillis(200);

    private final JobConfiguration job;
    private final AutoCloseable resources;
    private final JobThreads threads;
    private final JobProblems problems;
    private final JobCheckpoints checkpoints;
    private final StartingPoints startingPoints;
    private final TaskResources taskResources;
    private final HandOvers handOvers;
    private final RestartStrategy restarts;
    private final Duration cancellationTimeout;
    private final TaskCounts counts;
    private final CompletableFuture<JobStatus> end = new CompletableFuture<>();
    private volatile JobStatus status = JobStatus.STARTING;

    /** The one that is under way or was the last; before the first, one that has no tasks. */
    private volatile Attempt attempt = new Attempt(-1);

    private Optional<String> stoppedWith = Optional.empty();
    private boolean cancelling;
    private boolean waitingForRestart;
    private boolean ending;

    /**
     * A job that was not started yet.
     *
     * @param graph what to run
     * @param job how
     * @param resources closed when the job has ended
     */
    public JobMaster(JobGraph graph, JobConfiguration job, AutoCloseable resources) {
        this.job = job;
        this.resources = resources;
        this.threads = new JobThreads(job.jobName(), this::crashed);
        this.problems = new JobProblems(job.jobName());
        this.checkpoints =
                new JobCheckpoints(
                        job,
                        threads.blocking(),
                        problem -> threads.act(() -> failed(new HoldfastException(problem))));
        this.startingPoints = new StartingPoints(graph, job, checkpoints);
        this.taskResources = new TaskResources(graph, job, checkpoints, threads.blocking());
        this.handOvers = new HandOvers(job, threads, checkpoints, taskResources, problems);
        this.restarts =
                RestartStrategy.from(
                        job.settings(), checkpoints.isPeriodic(), System::nanoTime, Math::random);
        this.cancellationTimeout = job.settings().get(JobOptions.CANCELLATION_TIMEOUT);
        this.counts = new TaskCounts(graph);
    }

    // ---- what others ask for, from any thread ----

    /** Starts the job; returns at once. */
    public void start() {
        threads.every(FLUSH_EVERY, () -> counts.present().forEach(Task::flushSoon));
        threads.act(this::prepare);
    }

    /**
     * Where the job is in its life.
     *
     * @return the status
     */
    public JobStatus status() {
        return status;
    }

    /**
     * The end of the job.
     *
     * @return completes with a terminal status; with the failure if the job failed
     */
    public CompletableFuture<JobStatus> end() {
        return end.copy();
    }

    /**
     * What the job went on from when it began in this process.
     *
     * @return pointer to the checkpoint or savepoint; empty if there was none, or as long as the
     *     job is {@link JobStatus#STARTING}
     */
    public Optional<String> restoredFrom() {
        return startingPoints.first().map(point -> point.stored().pointer());
    }

    /** Ends the job wherever it is; returns at once. */
    public void cancel() {
        threads.act(this::cancelled);
    }

    /**
     * Takes a savepoint.
     *
     * @param directory where to make it: one that does not exist
     * @param stop what follows it
     * @return where it lies
     */
    public CompletableFuture<String> savepoint(URI directory, StopMode stop) {
        CompletableFuture<String> result = new CompletableFuture<>();
        threads.act(() -> savepoint(directory, stop, result));
        if (threads.isClosed()) {
            result.completeExceptionally(notRunning());
        }
        return result;
    }

    /**
     * Goes on with another state backend, without stopping.
     *
     * @param choice makes it; called on another thread
     * @return how it went; completes exceptionally if the job keeps what it has
     */
    public CompletableFuture<HandOverReport> handOver(Function<Successors, Successor> choice) {
        CompletableFuture<HandOverReport> result = new CompletableFuture<>();
        threads.act(() -> handOver(choice, result));
        if (threads.isClosed()) {
            result.completeExceptionally(problems.noHandOverNow(status));
        }
        return result;
    }

    /**
     * The job at this moment.
     *
     * @return its metrics
     */
    public JobMetrics metrics() {
        return new JobMetrics(
                status,
                Math.max(0, attempt.number),
                counts.operators(),
                counts.watermark(),
                checkpoints.metrics());
    }

    // ---- from here on: the owner's thread ----

    /** Something here has thrown. */
    private void crashed(Throwable cause) {
        if (attempt.allEnded()) {
            attempt.failure = cause;
            ended(JobStatus.FAILED);
        } else {
            failed(cause);
        }
    }

    private void prepare() {
        if (cancelling) {
            ended(JobStatus.CANCELED);
            return;
        }
        attempt = new Attempt(attempt.number + 1);
        status = attempt.number == 0 ? JobStatus.STARTING : JobStatus.RESTARTING;
        threads.whenDone(
                CompletableFuture.supplyAsync(this::prepared, threads.blocking()),
                (prepared, cause) -> {
                    if (cause != null) {
                        attempt.failure = problems.explained(cause);
                        attemptEnded();
                    } else {
                        deploy(prepared);
                    }
                });
    }

    /**
     * What an attempt begins with.
     *
     * @param former the state backend to go back to, if need be
     */
    private record Prepared(StartingPoint start, Optional<Successor> former) {}

    /** On another thread. */
    private Prepared prepared() {
        try {
            taskResources.open();
            StartingPoint chosen = startingPoints.choose();
            return new Prepared(chosen, chosen.from().flatMap(handOvers::wayBack));
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private void deploy(Prepared prepared) {
        StartingPoint chosen = prepared.start();
        startingPoints.taken(chosen);
        prepared.former()
                .ifPresent(former -> handOvers.goBack(former, chosen.from().orElseThrow()));
        if (cancelling) {
            attemptEnded();
            return;
        }
        int number = attempt.number;
        List<Task> tasks =
                chosen.deployment()
                        .tasks(
                                number,
                                UUID.randomUUID().toString().replace("-", "").substring(0, 16),
                                checkpoints.isPeriodic(),
                                taskResources::freshSplits,
                                (chain, subtask) -> taskResources.services(number, chain, subtask),
                                new Listener(number));
        attempt.begin(chosen, tasks);
        counts.begin(tasks);
        chosen.from()
                .ifPresent(
                        point ->
                                LOG.info(
                                        "Job '{}' is restored from {}",
                                        job.jobName(),
                                        point.stored()));
        tasks.forEach(Task::start);
    }

    /** Hands what tasks say to the owner. */
    private final class Listener implements TaskListener {
        private final int number;

        Listener(int number) {
            this.number = number;
        }

        private void ofThisAttempt(Runnable action) {
            threads.act(
                    () -> {
                        if (number == attempt.number) {
                            action.run();
                        }
                    });
        }

        @Override
        public void running(Task task) {
            ofThisAttempt(() -> taskRunning(task));
        }

        @Override
        public void drained(Task task) {
            ofThisAttempt(() -> taskDrained(task));
        }

        @Override
        public void failed(Task task, Throwable cause) {
            ofThisAttempt(() -> JobMaster.this.failed(cause));
        }

        @Override
        public void ended(Task task) {
            ofThisAttempt(() -> taskEnded(task));
        }
    }

    private void taskRunning(Task task) {
        attempt.running(task);
        if (attempt.allRun() && attempt.phase == Phase.STARTING) {
            attempt.phase = Phase.RUNNING;
            status = JobStatus.RUNNING;
            StartingPoint start = attempt.start();
            checkpoints.start(start.deployment().layouts(), attempt.tasks(), start.from());
            endIfDrained();
        }
    }

    private void taskDrained(Task task) {
        attempt.drained(task);
        endIfDrained();
    }

    private void endIfDrained() {
        if (attempt.phase == Phase.RUNNING
                && attempt.allDrained()
                && !attempt.stopRequested
                && !handOvers.underWay()) {
            inputEnded();
        }
    }

    private void inputEnded() {
        if (!checkpoints.isPeriodic()) {
            finish();
            return;
        }
        attempt.phase = Phase.ENDING;
        lastCheckpoint();
    }

    private void lastCheckpoint() {
        int number = attempt.number;
        attempt.lastCheckpoints++;
        threads.whenDone(
                checkpoints.atEnd(),
                (completed, cause) -> {
                    if (!isNow(number, Phase.ENDING)) {
                        return;
                    }
                    if (cause == null) {
                        finish();
                    } else if (attempt.lastCheckpoints < LAST_CHECKPOINT_ATTEMPTS) {
                        threads.later(
                                LAST_CHECKPOINT_PAUSE,
                                () -> {
                                    if (isNow(number, Phase.ENDING)) {
                                        lastCheckpoint();
                                    }
                                });
                    } else {
                        failed(cause);
                    }
                });
    }

    /** Tells whether the job still is where it was when something was begun. */
    private boolean isNow(int number, Phase phase) {
        return number == attempt.number && phase == attempt.phase;
    }

    private void finish() {
        attempt.phase = Phase.FINISHING;
        attempt.tasks().forEach(Task::finish);
    }

    private void handOver(
            Function<Successors, Successor> choice, CompletableFuture<HandOverReport> result) {
        if (attempt.phase != Phase.RUNNING
                || attempt.stopRequested
                || cancelling
                || handOvers.underWay()) {
            result.completeExceptionally(
                    problems.noHandOverNow(
                            handOvers.underWay()
                                    ? "being handed over"
                                    : attempt.stopRequested ? "stopping" : status));
            return;
        }
        handOvers.begin(choice, attempt.tasks(), this::endIfDrained, result);
    }

    private void savepoint(URI directory, StopMode stop, CompletableFuture<String> result) {
        if (attempt.phase != Phase.RUNNING || attempt.stopRequested || cancelling) {
            result.completeExceptionally(notRunning());
            return;
        }
        int number = attempt.number;
        boolean stops = stop != StopMode.NONE;
        attempt.stopRequested = stops;
        threads.whenDone(
                checkpoints.savepoint(directory, stop),
                (completed, cause) -> {
                    if (stops && isNow(number, Phase.RUNNING)) {
                        stopped(stop, completed, cause);
                    }
                    answer(result, stops, completed, cause);
                });
    }

    private void answer(
            CompletableFuture<String> result,
            boolean stops,
            CompletedCheckpoint completed,
            Throwable cause) {
        if (cause != null) {
            result.completeExceptionally(problems.explained(cause));
        } else if (stops) {
            String pointer = completed.stored().pointer();
            end.whenComplete(
                    (last, why) -> {
                        if (why == null) {
                            result.complete(pointer);
                        } else {
                            result.completeExceptionally(why);
                        }
                    });
        } else {
            result.complete(completed.stored().pointer());
        }
    }

    private void stopped(StopMode stop, CompletedCheckpoint completed, Throwable cause) {
        if (cause == null) {
            stoppedWith = Optional.of(completed.stored().pointer());
            finish();
            return;
        }
        attempt.stopRequested = false;
        if (stop == StopMode.DRAIN) {
            // Event time has ended in all tasks: they cannot go on from here.
            failed(cause);
        } else {
            endIfDrained();
        }
    }

    private HoldfastException notRunning() {
        return problems.noSavepointNow(attempt.stopRequested ? "stopping" : status);
    }

    private void failed(Throwable cause) {
        if (attempt.phase == Phase.STOPPING || attempt.phase == Phase.PREPARING) {
            return;
        }
        attempt.failure = cause;
        LOG.debug("Job '{}' failed in attempt {}", job.jobName(), attempt.number, cause);
        stopTasks();
    }

    private void cancelled() {
        if (cancelling || ending) {
            return;
        }
        cancelling = true;
        status = JobStatus.CANCELLING;
        switch (attempt.phase) {
            case STARTING, RUNNING, ENDING, FINISHING -> stopTasks();
            // What is being prepared may hang in the storage; nobody waits for it.
            case PREPARING -> ended(JobStatus.CANCELED);
            case STOPPING -> {
                if (waitingForRestart) {
                    ended(JobStatus.CANCELED);
                }
            }
        }
    }

    private void stopTasks() {
        // A task that still restores its state may hang in the storage.
        boolean restoring = attempt.phase == Phase.STARTING && cancelling;
        Duration patience =
                restoring && cancellationTimeout.compareTo(RESTORE_PATIENCE) > 0
                        ? RESTORE_PATIENCE
                        : cancellationTimeout;
        attempt.phase = Phase.STOPPING;
        int number = attempt.number;
        handOvers.abandon(
                attempt.failure == null ? problems.noHandOverNow(status) : attempt.failure);
        attempt.tasks().forEach(Task::cancel);
        threads.later(
                patience,
                () -> {
                    if (isNow(number, Phase.STOPPING) && !attempt.allEnded()) {
                        tasksHang(patience);
                    }
                });
    }

    private void tasksHang(Duration waited) {
        attempt.failure = problems.tasksHang(attempt, waited);
        LOG.warn("Job '{}': {}", job.jobName(), attempt.failure.getMessage());
        ended(cancelling ? JobStatus.CANCELED : JobStatus.FAILED);
    }

    private void taskEnded(Task task) {
        attempt.ended(task);
        if (!attempt.allEnded()) {
            return;
        }
        counts.end();
        handOvers.allEnded();
        int number = attempt.number;
        threads.whenDone(
                checkpoints.suspend(),
                (nothing, cause) -> {
                    if (number == attempt.number) {
                        attemptEnded();
                    }
                });
    }

    private void attemptEnded() {
        if (ending) {
            return;
        }
        boolean finished = attempt.phase == Phase.FINISHING && attempt.failure == null;
        attempt.phase = Phase.STOPPING;
        taskResources.removeAttempt(attempt.number);
        if (finished) {
            ended(JobStatus.FINISHED);
        } else if (cancelling) {
            ended(JobStatus.CANCELED);
        } else if (stoppedWith.isPresent()) {
            attempt.failure = problems.failedAfterSavepoint(stoppedWith.get(), attempt.failure);
            ended(JobStatus.FAILED);
        } else {
            restartOrFail();
        }
    }

    private void restartOrFail() {
        Throwable failure = attempt.failure;
        Optional<Duration> wait = mayPass(failure) ? restarts.afterFailure() : Optional.empty();
        if (wait.isEmpty()) {
            ended(JobStatus.FAILED);
            return;
        }
        status = JobStatus.RESTARTING;
        waitingForRestart = true;
        // A failure that is not mended by a restart is thrown to whoever waits for the end.
        LOG.warn(
                "Job '{}' failed in attempt {} and is restarted in {}: {}",
                job.jobName(),
                attempt.number,
                wait.get(),
                failure instanceof HoldfastException known ? known.problem() : failure);
        threads.later(
                wait.get(),
                () -> {
                    if (waitingForRestart && !ending) {
                        waitingForRestart = false;
                        prepare();
                    }
                });
    }

    /** A mistake of the user and damaged data are the same the next time. */
    private static boolean mayPass(Throwable failure) {
        if (!(failure instanceof HoldfastException known)) {
            return true;
        }
        Problem problem = known.problem();
        return problem.code().equals("JOB-6020")
                || problem.category() == Problem.Category.ENVIRONMENT
                || problem.category() == Problem.Category.BUG;
    }

    private void ended(JobStatus last) {
        if (ending) {
            return;
        }
        ending = true;
        waitingForRestart = false;
        JobEnd how =
                switch (last) {
                    case FINISHED -> JobEnd.FINISHED;
                    case CANCELED -> JobEnd.CANCELLED;
                    default -> JobEnd.FAILED;
                };
        Throwable why = attempt.failure;
        CompletableFuture.runAsync(() -> release(how), threads.blocking())
                .whenComplete(
                        (nothing, cause) -> {
                            status = last;
                            if (last == JobStatus.FAILED) {
                                end.completeExceptionally(why);
                            } else {
                                end.complete(last);
                            }
                            threads.close();
                        });
    }

    /** On another thread. */
    private void release(JobEnd how) {
        checkpoints.close(how);
        taskResources.close();
        try {
            resources.close();
        } catch (Exception e) {
            LOG.warn("Giving back what job '{}' used failed", job.jobName(), e);
        }
    }
}
