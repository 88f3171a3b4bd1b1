package io.holdfast.host.isolation;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls code of a module on a thread that is used once and waited for only so long: what the code
 * leaves in thread locals ends with the thread, and code that hangs holds up nobody. May be used
 * from any thread.
 */
public final class Probe {

    /** Code of a module did not answer in time. Its thread is left to itself. */
    public static final class HangsException extends Exception {
        private static final long serialVersionUID = 1L;

        HangsException(Duration limit, StackTraceElement[] where) {
            super(
                    "no answer within %s ms; it is in %s"
                            .formatted(
                                    limit.toMillis(),
                                    where.length == 0 ? "an unknown place" : where[0]));
            setStackTrace(where);
        }
    }

    private final Duration limit;

    /**
     * A probe.
     *
     * @param limit how long to wait for one call
     */
    public Probe(Duration limit) {
        this.limit = limit;
    }

    /**
     * Calls.
     *
     * @param name names the thread
     * @param call code of a module
     * @param <T> type of the result
     * @return the result, possibly null
     * @throws HangsException if there is none in time
     * @throws Throwable whatever the code threw
     */
    // The code's own failure is the answer, whatever its type.
    public <T> T call(String name, Callable<T> call) throws Throwable {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(null, task, "holdfast-probe " + name, 0, false);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                try {
                    return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    // The caller learns of it below; the limit holds all the same.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause();
        } catch (TimeoutException e) {
            throw new HangsException(limit, thread.getStackTrace());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
