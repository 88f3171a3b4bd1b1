package io.holdfast.spi.changelog;

import io.holdfast.spi.snapshot.StreamHandle;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The log of one keyed backend. Used by the backend's thread; only futures complete on others. The
 * first change has sequence number 0.
 */
@ConsumerType
public interface ChangelogWriter extends AutoCloseable {

    /**
     * Appends a change. May wait while too many bytes are in flight.
     *
     * @param change the change
     * @throws IOException if the log is broken
     */
    void append(Change change) throws IOException;

    /**
     * The number that the next change will get.
     *
     * @return the sequence number
     */
    long nextSequence();

    /**
     * Makes all changes from a position on durable.
     *
     * @param from first change wanted, not truncated
     * @param checkpointId the checkpoint they are for
     * @return segments that together hold [from, {@link #nextSequence()} at the time of the call),
     *     in order
     * @throws IOException if the log is broken
     */
    CompletableFuture<List<StreamHandle>> persist(long from, long checkpointId) throws IOException;

    /**
     * Tells that a checkpoint which refers to these changes is complete: their segments now belong
     * to it.
     *
     * @param range the changes
     * @param checkpointId id of the checkpoint
     */
    void confirm(SequenceRange range, long checkpointId);

    /**
     * Forgets changes that no later checkpoint will ask for. Segments that were confirmed stay.
     *
     * @param to first change to keep
     */
    void truncate(long to);

    /** Closes the log; removes segments that no checkpoint confirmed. Idempotent. */
    @Override
    void close() throws IOException;
}
