package io.holdfast.benchmarks.whole;

/**
 * A value for each key, which can be checkpointed. Used by one thread, but for {@link
 * Checkpoint#write()}.
 *
 * @param <V> type of the values
 */
public interface WholeState<V> extends AutoCloseable {

    /** Reads the value of {@code key}, or null if there is none. */
    V get(long key) throws Exception;

    /** Writes the value of {@code key}. */
    void put(long key, V value) throws Exception;

    /** Whether checkpoints can be incremental. */
    boolean incremental();

    /**
     * Prepares a checkpoint, as a coordinator does before it asks a task.
     *
     * @param id greater than those before
     * @param incremental whether only what changed since the last completed one is to be written
     * @return to be begun; the caller closes it
     */
    Checkpoint checkpoint(long id, boolean incremental) throws Exception;

    /** Says that a checkpoint was written. */
    void completed(long id) throws Exception;

    /** A checkpoint. */
    interface Checkpoint extends AutoCloseable {

        /** Fixes its content. The task waits meanwhile. */
        void begin() throws Exception;

        /**
         * Writes the content that was fixed to files and makes these durable. Called on a thread of
         * its own, while the state is used.
         *
         * @return refers to the files
         */
        Stored write() throws Exception;

        /** Gives it up unless it was written. */
        @Override
        void close() throws Exception;
    }

    /** A checkpoint that was written. */
    interface Stored {

        /** Removes its files. The state that wrote it is still open. */
        void discard() throws Exception;
    }
}
