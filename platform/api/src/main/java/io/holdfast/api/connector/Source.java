package io.holdfast.api.connector;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Records that can be read again. The splits are dealt out to the subtasks of the source; their
 * positions are part of every checkpoint. Used by several threads.
 *
 * @param <T> type of the records
 */
@ConsumerType
public interface Source<T> {

    /**
     * The splits, each at its beginning. Called once, when a job starts without anything to
     * restore. Their number should not depend on the parallelism.
     *
     * @return the splits, with different ids, at least one
     * @throws IOException if they cannot be told, for example because a file is missing
     */
    List<Split> splits() throws IOException;

    /**
     * Opens a split at its position.
     *
     * @param split one of {@link #splits()}, possibly with a later position
     * @return reads the split; the engine closes it
     * @throws IOException if it cannot be opened there
     */
    SplitReader<T> open(Split split) throws IOException;

    /**
     * A part of a source and how far it was read.
     *
     * @param id names the part; the same in later runs of the job
     * @param position where to go on, 0 at the beginning; what it counts is up to the source
     */
    record Split(String id, long position) {}

    /**
     * Reads one split. Used by one thread.
     *
     * @param <T> type of the records
     */
    @ConsumerType
    interface SplitReader<T> extends AutoCloseable {

        /**
         * Reads the next record.
         *
         * @return the record, or null at the end of the split
         * @throws IOException if the split cannot be read
         */
        T next() throws IOException;

        /**
         * Where the next record is.
         *
         * @return a position for {@link Split}
         */
        long position();

        @Override
        void close() throws IOException;
    }
}
