package io.holdfast.runtime.job;

import io.holdfast.api.config.MemorySize;
import io.holdfast.api.connector.Source;
import io.holdfast.api.connector.Source.Split;
import io.holdfast.api.error.HoldfastException;
import io.holdfast.api.error.Problem;
import io.holdfast.runtime.checkpoint.CompletedCheckpoint;
import io.holdfast.runtime.checkpoint.JobEnd;
import io.holdfast.runtime.checkpoint.RestartStrategy;
import io.holdfast.runtime.checkpoint.RestorePlan;
import io.holdfast.runtime.checkpoint.RestorePoint;
import io.holdfast.runtime.checkpoint.StopMode;
import io.holdfast.runtime.graph.Body;
import io.holdfast.runtime.graph.Chain;
import io.holdfast.runtime.graph.JobGraph;
import io.holdfast.runtime.metrics.JobMetrics;
import io.holdfast.runtime.metrics.JobStatus;
import io.holdfast.runtime.task.Task;
import io.holdfast.runtime.task.TaskListener;
import io.holdfast.runtime.task.TaskServices;
import io.holdfast.spi.state.MemoryBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job: starts its tasks, restarts them after failures, and ends it. */
public final class JobMaster {
    /*
     * One thread, the owner, decides everything; what tasks, checkpoints and callers say is handed
     * to it. What may block (opening the store, verifying files, listing splits) runs on other
     * threads and comes back as one more thing to decide on.
     *
     * An attempt is the life of a set of tasks. It ends when all of its tasks have ended, whatever
     * the reason; only then is the next one prepared, because until then an old task might still
     * write. What was reported by tasks of an earlier attempt is ignored.
     *
     * The end. A task whose input has ended waits. When all wait, a last checkpoint is taken if the
     * job takes checkpoints, so that sinks can commit what came after the one before; then all are
     * told to finish, behind the message that the checkpoint is complete.
     */
    private static final Logger LOG = LoggerFactory.getLogger(JobMaster.class);
    private static final Duration FLUSH_EVERY = Duration.ofMillis(5);
    private static final Duration RESTORE_PATIENCE = Duration.ofSeconds(3);
    private static final int LAST_CHECKPOINT_ATTEMPTS = 5;
    private static final MemorySize SLOT_MEMORY = MemorySize.ofMebi(128);

    /** Whether an attempt goes on. */
    private enum Phase {
        PREPARING,
        STARTING,
        RUNNING,
        /** All input was processed; the last checkpoint is being taken. */
        ENDING,
        /** Tasks were told to finish. */
        FINISHING,
        /** Tasks were told to stop wherever they are. */
        STOPPING
    }

    private final JobGraph graph;
    private final JobConfiguration job;
    private final ScheduledThreadPoolExecutor owner;
    private final ExecutorService blocking;
    private final ScheduledThreadPoolExecutor ticker;
    private final JobCheckpoints checkpoints;
    private final RestartStrategy restarts;
    private final Duration cancellationTimeout;
    private final AutoCloseable resources;
    private final CompletableFuture<JobStatus> end = new CompletableFuture<>();
    private final Map<Chain, Supplier<List<Split>>> freshSplits = new HashMap<>();
    private final Map<Integer, SlotMemory> slots = new HashMap<>();
    private final TaskCounts counts;
    private volatile JobStatus status = JobStatus.STARTING;
    private volatile int attempt = -1;
    private volatile WorkDirectories directories;
    private boolean released;
    private Phase phase = Phase.PREPARING;
    private List<Task> tasks = List.of();
    private final Set<Task> alive = new HashSet<>();
    private final Set<Task> waitedFor = new HashSet<>();
    private final Set<Task> drained = new HashSet<>();
    private Optional<RestorePoint> restoredFrom = Optional.empty();
    private volatile Optional<RestorePoint> firstRestore = Optional.empty();
    private volatile boolean startKnown;
    private Deployment deployment;
    private Throwable failure;
    private boolean cancelling;
    private boolean stopRequested;
    private Optional<String> stoppedWith = Optional.empty();
    private int lastCheckpoints;
    private boolean waitingForRestart;
    private volatile boolean ending;

    /**
     * A job that was not started yet.
     *
     * @param graph what to run
     * @param job how
     * @param resources closed when the job has ended
     */
    public JobMaster(JobGraph graph, JobConfiguration job, AutoCloseable resources) {
        this.graph = graph;
        this.job = job;
        this.resources = resources;
        this.counts = new TaskCounts(graph);
        this.cancellationTimeout = job.settings().get(JobOptions.CANCELLATION_TIMEOUT);
        AtomicInteger count = new AtomicInteger();
        this.blocking =
                Executors.newCachedThreadPool(
                        task -> daemon(task, "holdfast-io-" + count.incrementAndGet()));
        this.checkpoints =
                new JobCheckpoints(
                        job,
                        blocking,
                        problem -> act(() -> failed(attempt, new HoldfastException(problem))));
        this.restarts =
                RestartStrategy.from(
                        job.settings(), checkpoints.isPeriodic(), System::nanoTime, Math::random);
        this.owner =
                new ScheduledThreadPoolExecutor(
                        1, task -> daemon(task, "holdfast-job-" + job.jobName()));
        this.ticker =
                new ScheduledThreadPoolExecutor(
                        1, task -> daemon(task, "holdfast-flush-" + job.jobName()));
        graph.chains().forEach(chain -> freshSplits.put(chain, splitsOnce(chain)));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Lists the splits of a source when they are first needed; keeps them for later attempts. */
    private static Supplier<List<Split>> splitsOnce(Chain chain) {
        if (!(chain.head().body() instanceof Body.Read<?> read)) {
            return List::of;
        }
        Source<?> source = read.source();
        return new Supplier<>() {
            private List<Split> known;

            @Override
            public synchronized List<Split> get() {
                if (known == null) {
                    try {
                        known = List.copyOf(source.splits());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                return known;
            }
        };
    }

    // ---- what others ask for, from any thread ----

    /** Starts the job; returns at once. */
    public void start() {
        ticker.scheduleAtFixedRate(
                () -> counts.present().forEach(Task::flushSoon),
                FLUSH_EVERY.toMillis(),
                FLUSH_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        act(this::prepare);
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
        return firstRestore.map(point -> point.stored().pointer());
    }

    /** Ends the job wherever it is; returns at once. */
    public void cancel() {
        act(this::cancelled);
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
        act(() -> savepoint(directory, stop, result));
        if (owner.isShutdown()) {
            result.completeExceptionally(notRunning());
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
                Math.max(0, attempt),
                counts.operators(),
                counts.watermark(),
                checkpoints.metrics());
    }

    // ---- from here on: the owner's thread ----

    private void act(Runnable action) {
        try {
            owner.execute(
                    () -> {
                        try {
                            action.run();
                        } catch (RuntimeException | Error e) {
                            LOG.error("Job '{}' could not be led on", job.jobName(), e);
                            crashed(e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late for job '{}'", job.jobName());
        }
    }

    private void crashed(Throwable cause) {
        if (alive.isEmpty()) {
            failure = cause;
            ended(JobStatus.FAILED);
        } else {
            failed(attempt, cause);
        }
    }

    private void later(Duration delay, Runnable action) {
        try {
            owner.schedule(() -> act(action), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late for job '{}'", job.jobName());
        }
    }

    /** What an attempt starts from. */
    private record Prepared(RestorePlan plan, Optional<RestorePoint> point) {}

    private void prepare() {
        if (cancelling) {
            ended(JobStatus.CANCELED);
            return;
        }
        attempt++;
        phase = Phase.PREPARING;
        failure = null;
        stopRequested = false;
        lastCheckpoints = 0;
        status = attempt == 0 ? JobStatus.STARTING : JobStatus.RESTARTING;
        CompletableFuture.supplyAsync(this::prepared, blocking)
                .whenComplete(
                        (ready, cause) ->
                                act(
                                        () -> {
                                            if (cause != null) {
                                                notPrepared(unwrapped(cause));
                                            } else {
                                                deploy(ready);
                                            }
                                        }));
    }

    /** On another thread. */
    private Prepared prepared() {
        try {
            openDirectories();
            // Until it is known what the job starts from, every attempt asks anew: one that could
            // not find out must not be followed by one that starts from nothing.
            Optional<RestorePoint> point =
                    startKnown ? checkpoints.latest().or(() -> firstRestore) : checkpoints.first();
            RestorePlan plan = RestorePlan.none();
            if (point.isPresent()) {
                plan =
                        RestorePlan.of(
                                point.get().stored().pointer(),
                                point.get().metadata(),
                                Deployment.layouts(graph, maxParallelism()),
                                checkpoints.ignoresUnclaimed());
            }
            return new Prepared(plan, point);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private OptionalInt maxParallelism() {
        return job.maxParallelism().map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private void openDirectories() {
        if (directories != null) {
            return;
        }
        String configured = job.settings().get(JobOptions.TEMPORARY_DIRECTORIES);
        String bases = configured == null ? System.getProperty("java.io.tmpdir") : configured;
        List<Path> paths = new ArrayList<>();
        for (String base : bases.split(",")) {
            paths.add(Path.of(base.strip()).toAbsolutePath());
        }
        WorkDirectories opened = WorkDirectories.open(paths);
        synchronized (slots) {
            directories = opened;
            if (!released) {
                return;
            }
        }
        opened.close();
    }

    private void notPrepared(Throwable cause) {
        failure = explained(cause);
        attemptEnded();
    }

    private Throwable explained(Throwable cause) {
        return cause instanceof HoldfastException
                ? cause
                : Problem.environment(
                                "JOB-6021",
                                "Job '%s' could not be started: %s".formatted(job.jobName(), cause))
                        .exception(cause);
    }

    private static Throwable unwrapped(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null
                ? cause.getCause()
                : cause;
    }

    private void deploy(Prepared ready) {
        restoredFrom = ready.point();
        if (!startKnown) {
            firstRestore = ready.point();
            startKnown = true;
        }
        if (cancelling) {
            attemptEnded();
            return;
        }
        deployment = new Deployment(graph, ready.plan(), maxParallelism());
        long slotBytes =
                job.settings()
                        .getOptional(JobOptions.MANAGED_MEMORY)
                        .map(size -> Math.max(1, size.bytes() / graph.slots()))
                        .orElse(SLOT_MEMORY.bytes());
        int number = attempt;
        tasks =
                deployment.tasks(
                        number,
                        UUID.randomUUID().toString().replace("-", "").substring(0, 16),
                        checkpoints.isPeriodic(),
                        freshSplits::get,
                        (chain, subtask) -> services(number, chain, subtask, slotBytes),
                        new Listener(number));
        alive.clear();
        alive.addAll(tasks);
        waitedFor.clear();
        waitedFor.addAll(tasks);
        phase = Phase.STARTING;
        counts.begin(tasks);
        restoredFrom.ifPresent(
                point -> LOG.info("Job '{}' is restored from {}", job.jobName(), point.stored()));
        tasks.forEach(Task::start);
    }

    private TaskServices services(int number, Chain chain, int subtask, long slotBytes) {
        MemoryBudget memory = slots.computeIfAbsent(subtask, slot -> new SlotMemory(slotBytes));
        return new TaskServices(
                job.jobName(),
                job.stateBackend(),
                checkpoints,
                memory,
                directories.forTask(number, chain.index(), subtask),
                checkpoints,
                blocking,
                System::currentTimeMillis);
    }

    /** Hands what tasks say to the owner. */
    private final class Listener implements TaskListener {
        private final int number;

        Listener(int number) {
            this.number = number;
        }

        private void ofThisAttempt(Runnable action) {
            act(
                    () -> {
                        if (number == attempt) {
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
            ofThisAttempt(() -> JobMaster.this.failed(number, cause));
        }

        @Override
        public void ended(Task task) {
            ofThisAttempt(() -> taskEnded(task));
        }
    }

    private void taskRunning(Task task) {
        waitedFor.remove(task);
        if (waitedFor.isEmpty() && phase == Phase.STARTING) {
            phase = Phase.RUNNING;
            status = JobStatus.RUNNING;
            checkpoints.start(deployment.layouts(), tasks, restoredFrom);
            endIfDrained();
        }
    }

    private void taskDrained(Task task) {
        drained.add(task);
        endIfDrained();
    }

    private void endIfDrained() {
        if (phase == Phase.RUNNING && drained.size() == tasks.size() && !stopRequested) {
            inputEnded();
        }
    }

    private void inputEnded() {
        if (!checkpoints.isPeriodic()) {
            finish();
            return;
        }
        phase = Phase.ENDING;
        lastCheckpoint();
    }

    private void lastCheckpoint() {
        int number = attempt;
        lastCheckpoints++;
        checkpoints
                .atEnd()
                .whenComplete(
                        (completed, cause) ->
                                act(
                                        () -> {
                                            if (number != attempt || phase != Phase.ENDING) {
                                                return;
                                            }
                                            if (cause == null) {
                                                finish();
                                            } else if (lastCheckpoints < LAST_CHECKPOINT_ATTEMPTS) {
                                                later(
                                                        Duration.ofMillis(200),
                                                        () -> {
                                                            if (number == attempt
                                                                    && phase == Phase.ENDING) {
                                                                lastCheckpoint();
                                                            }
                                                        });
                                            } else {
                                                failed(number, unwrapped(cause));
                                            }
                                        }));
    }

    private void finish() {
        phase = Phase.FINISHING;
        tasks.forEach(Task::finish);
    }

    private void savepoint(URI directory, StopMode stop, CompletableFuture<String> result) {
        boolean stops = stop != StopMode.NONE;
        if (phase != Phase.RUNNING || stopRequested || cancelling) {
            result.completeExceptionally(notRunning());
            return;
        }
        int number = attempt;
        stopRequested = stops;
        checkpoints
                .savepoint(directory, stop)
                .whenComplete(
                        (completed, cause) ->
                                act(
                                        () -> {
                                            if (stops && number == attempt) {
                                                stopped(stop, completed, cause);
                                            }
                                            answer(result, stops, completed, cause);
                                        }));
    }

    private void answer(
            CompletableFuture<String> result,
            boolean stops,
            CompletedCheckpoint completed,
            Throwable cause) {
        if (cause != null) {
            result.completeExceptionally(explained(unwrapped(cause)));
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
        if (phase != Phase.RUNNING) {
            return;
        }
        if (cause == null) {
            stoppedWith = Optional.of(completed.stored().pointer());
            finish();
            return;
        }
        stopRequested = false;
        if (stop == StopMode.DRAIN) {
            // Event time has ended in all tasks: they cannot go on from here.
            failed(attempt, unwrapped(cause));
        } else {
            endIfDrained();
        }
    }

    private HoldfastException notRunning() {
        return Problem.user("JOB-6051", "Job '%s' takes no savepoint now.".formatted(job.jobName()))
                .with("status", stopRequested ? "stopping" : status)
                .with("possible", "while the job is running and has input")
                .exception();
    }

    private void failed(int number, Throwable cause) {
        if (number != attempt || phase == Phase.STOPPING || phase == Phase.PREPARING) {
            return;
        }
        failure = cause;
        LOG.debug("Job '{}' failed in attempt {}", job.jobName(), attempt, cause);
        stopTasks();
    }

    private void cancelled() {
        if (cancelling || ending) {
            return;
        }
        cancelling = true;
        status = JobStatus.CANCELLING;
        if (phase == Phase.STARTING
                || phase == Phase.RUNNING
                || phase == Phase.ENDING
                || phase == Phase.FINISHING) {
            stopTasks();
        } else if (waitingForRestart || phase == Phase.PREPARING) {
            // What is being prepared may hang in the storage; nobody waits for it.
            ended(JobStatus.CANCELED);
        }
    }

    private void stopTasks() {
        // A task that still restores its state may hang in the storage.
        boolean restoring = phase == Phase.STARTING && cancelling;
        Duration patience =
                restoring && cancellationTimeout.compareTo(RESTORE_PATIENCE) > 0
                        ? RESTORE_PATIENCE
                        : cancellationTimeout;
        phase = Phase.STOPPING;
        int number = attempt;
        tasks.forEach(Task::cancel);
        later(
                patience,
                () -> {
                    if (number == attempt && phase == Phase.STOPPING && !alive.isEmpty()) {
                        tasksHang(patience);
                    }
                });
    }

    private void tasksHang(Duration waited) {
        List<String> names =
                alive.stream().map(task -> task.name() + " " + (task.subtask() + 1)).toList();
        HoldfastException hanging =
                Problem.bug("JOB-6022", "Tasks did not end after they were cancelled.")
                        .with("tasks", names)
                        .with("waited", waited)
                        .advise(
                                "see in a thread dump where they are; raise task.cancellation.timeout if that only takes long")
                        .exception();
        if (failure != null) {
            hanging.addSuppressed(failure);
        }
        LOG.warn("Job '{}': {}", job.jobName(), hanging.getMessage());
        failure = hanging;
        ended(cancelling ? JobStatus.CANCELED : JobStatus.FAILED);
    }

    private void taskEnded(Task task) {
        alive.remove(task);
        if (!alive.isEmpty()) {
            return;
        }
        counts.end();
        drained.clear();
        int number = attempt;
        checkpoints
                .suspend()
                .whenComplete(
                        (nothing, cause) ->
                                act(
                                        () -> {
                                            if (number == attempt) {
                                                attemptEnded();
                                            }
                                        }));
    }

    private void attemptEnded() {
        if (ending) {
            return;
        }
        boolean finished = phase == Phase.FINISHING && failure == null;
        phase = Phase.STOPPING;
        if (directories != null) {
            directories.removeAttempt(attempt);
        }
        if (finished) {
            ended(JobStatus.FINISHED);
        } else if (cancelling) {
            ended(JobStatus.CANCELED);
        } else if (stoppedWith.isPresent()) {
            failure =
                    Problem.environment(
                                    "JOB-6023",
                                    "The job made its savepoint and then failed before its sinks had committed.")
                            .with("savepoint", stoppedWith.get())
                            .with("cause", failure)
                            .advise(
                                    "start the job from the savepoint: what is missing is committed then")
                            .exception(failure);
            ended(JobStatus.FAILED);
        } else {
            restartOrFail();
        }
    }

    private void restartOrFail() {
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
                attempt,
                wait.get(),
                failure instanceof HoldfastException known ? known.problem() : failure);
        later(
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
        Throwable why = failure;
        CompletableFuture.runAsync(() -> release(how), blocking)
                .whenComplete(
                        (nothing, cause) -> {
                            status = last;
                            if (last == JobStatus.FAILED) {
                                end.completeExceptionally(why);
                            } else {
                                end.complete(last);
                            }
                            owner.shutdownNow();
                            ticker.shutdownNow();
                            blocking.shutdown();
                        });
    }

    /** On another thread. */
    private void release(JobEnd how) {
        checkpoints.close(how);
        synchronized (slots) {
            released = true;
        }
        if (directories != null) {
            directories.close();
        }
        try {
            resources.close();
        } catch (Exception e) {
            LOG.warn("Giving back what job '{}' used failed", job.jobName(), e);
        }
    }
}
