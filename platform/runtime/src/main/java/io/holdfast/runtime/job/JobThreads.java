package io.holdfast.runtime.job;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one job: the owner, which decides and never blocks; as many as needed for what may
 * block; and one that ticks. All are daemons, because what blocks may hang for ever. May be used by
 * any thread.
 */
final class JobThreads {
    private static final Logger LOG = LoggerFactory.getLogger(JobThreads.class);

    private final String jobName;
    private final Consumer<Throwable> crashed;
    private final ScheduledThreadPoolExecutor owner;
    private final ExecutorService blocking;
    private final ScheduledThreadPoolExecutor ticker;

    /**
     * @param jobName names the threads
     * @param crashed told on the owner's thread when an action has thrown
     */
    JobThreads(String jobName, Consumer<Throwable> crashed) {
        this.jobName = jobName;
        this.crashed = crashed;
        AtomicInteger count = new AtomicInteger();
        this.blocking =
                Executors.newCachedThreadPool(
                        task -> daemon(task, "holdfast-io-" + count.incrementAndGet()));
        this.owner =
                new ScheduledThreadPoolExecutor(1, task -> daemon(task, "holdfast-job-" + jobName));
        owner.setRemoveOnCancelPolicy(true);
        owner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.ticker =
                new ScheduledThreadPoolExecutor(
                        1, task -> daemon(task, "holdfast-flush-" + jobName));
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Hands an action to the owner: one after the other, in the order of the calls. */
    void act(Runnable action) {
        try {
            owner.execute(
                    () -> {
                        try {
                            action.run();
                        } catch (RuntimeException | Error e) {
                            LOG.error("Job '{}' could not be led on", jobName, e);
                            crashed.accept(e);
                        }
                    });
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late for job '{}'", jobName);
        }
    }

    /**
     * Hands an action to the owner later.
     *
     * @return forgets the action if it was not handed over yet; need not be run
     */
    Runnable later(Duration delay, Runnable action) {
        try {
            Future<?> waiting =
                    owner.schedule(() -> act(action), delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> waiting.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late for job '{}'", jobName);
            return () -> {};
        }
    }

    /**
     * Hands the outcome of something that went on elsewhere to the owner.
     *
     * @param outcome takes the value, or null and what it failed with
     */
    <T> void whenDone(CompletionStage<T> stage, BiConsumer<T, Throwable> outcome) {
        stage.whenComplete((value, cause) -> act(() -> outcome.accept(value, unwrapped(cause))));
    }

    private static Throwable unwrapped(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null
                ? cause.getCause()
                : cause;
    }

    /** Runs an action again and again, on a thread of its own. */
    void every(Duration period, Runnable action) {
        ticker.scheduleAtFixedRate(
                action, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For what may block. */
    ExecutorService blocking() {
        return blocking;
    }

    /** Tells whether nothing is done any more. */
    boolean isClosed() {
        return owner.isShutdown();
    }

    /**
     * Ends the owner when it has done what was handed to it already, without what was to come
     * later: somebody may wait for an answer. Ends the ticker at once, and the others when they are
     * done.
     */
    void close() {
        owner.shutdown();
        ticker.shutdownNow();
        blocking.shutdown();
    }
}
