package io.holdfast.runtime.task;

/** What a task tells about itself, from its own thread. The calls do not block and do not throw. */
public interface TaskListener {

    /**
     * All state is restored, records are being processed.
     *
     * @param task the task
     */
    void running(Task task);

    /**
     * All input was processed; the task waits to be told to finish.
     *
     * @param task the task
     */
    void drained(Task task);

    /**
     * Something failed; the task is ending.
     *
     * @param task the task
     * @param cause why
     */
    void failed(Task task, Throwable cause);

    /**
     * The thread is about to end, everything is released. The last call.
     *
     * @param task the task
     */
    void ended(Task task);
}
