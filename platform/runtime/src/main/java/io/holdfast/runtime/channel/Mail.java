package io.holdfast.runtime.channel;

/** A message to a task, run by the task's thread between two records. */
@FunctionalInterface
public interface Mail {

    /**
     * Does what the message asks.
     *
     * @throws Exception any failure, which fails the task
     */
    void run() throws Exception;
}
