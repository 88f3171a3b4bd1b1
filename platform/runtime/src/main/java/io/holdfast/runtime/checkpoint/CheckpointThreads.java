package io.holdfast.runtime.checkpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real threads and real time: one thread for the coordinator, as many as needed for storage. All
 * are daemons, because a storage may hang for ever.
 */
public final class CheckpointThreads implements CoordinatorThreads, AutoCloseable {
    private final ScheduledThreadPoolExecutor owner;
    private final ExecutorService blocking;

    /**
     * Starts them.
     *
     * @param jobName names the threads
     */
    public CheckpointThreads(String jobName) {
        owner =
                new ScheduledThreadPoolExecutor(
                        1, task -> daemon(task, "holdfast-checkpoints-" + jobName));
        owner.setRemoveOnCancelPolicy(true);
        owner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        AtomicInteger count = new AtomicInteger();
        ThreadFactory numbered =
                task ->
                        daemon(
                                task,
                                "holdfast-checkpoint-io-%s-%d"
                                        .formatted(jobName, count.incrementAndGet()));
        blocking = Executors.newCachedThreadPool(numbered);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable action) {
        try {
            owner.execute(action);
        } catch (RejectedExecutionException e) {
            // Closed: whoever still answers is answered by nobody.
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable action) {
        try {
            Future<?> future = owner.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            return () -> {};
        }
    }

    @Override
    public void executeBlocking(Runnable action) {
        try {
            blocking.execute(action);
        } catch (RejectedExecutionException e) {
            // Closed, as above.
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /**
     * Ends the coordinator's thread at once and the others when they are done. Close the
     * coordinator first and wait for what it returns, for as long as you are willing to.
     */
    @Override
    public void close() {
        owner.shutdownNow();
        blocking.shutdown();
    }
}
