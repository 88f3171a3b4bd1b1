package io.holdfast.runtime.job;

import io.holdfast.spi.state.StateBackend;

/**
 * The state backend of a job, and what may take its place while the job runs. Nobody else keeps a
 * backend, so that the module of one that was exchanged can leave.
 */
public interface Successors {

    /**
     * What the job works with now.
     *
     * @return the backend; not to be kept
     */
    StateBackend backend();

    /**
     * Names what the job works with now.
     *
     * @return name of the state backend, and its module
     */
    String current();

    /**
     * Makes another state backend of the job's configuration. May block.
     *
     * @param name its name among the installed modules
     * @return the backend; the caller takes it or closes it
     * @throws io.holdfast.api.error.HoldfastException if there is none, or if the configuration
     *     does not fit it
     */
    Successor named(String name);

    /**
     * Makes the state backend of the job of the module that is installed now. May block.
     *
     * @return the backend; the caller takes it or closes it
     * @throws io.holdfast.api.error.HoldfastException JOB-6061 if the job works with that already
     */
    Successor newest();

    /** A state backend that a job may go on with. Used by one thread at a time. */
    interface Successor extends AutoCloseable {

        /**
         * The backend.
         *
         * @return not used before
         */
        StateBackend backend();

        /**
         * Names it.
         *
         * @return name of the state backend, and its module
         */
        String description();

        /** The job works with it from now on: {@link Successors#current()} says so. */
        void take();

        /** The one before is not used any more: gives it back. Only after {@link #take()}. */
        void predecessorGone();

        /** Gives it back, unless it was taken. Idempotent. */
        @Override
        void close();
    }
}
