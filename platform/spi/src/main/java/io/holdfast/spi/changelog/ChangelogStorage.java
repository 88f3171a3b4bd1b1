package io.holdfast.spi.changelog;

import io.holdfast.spi.snapshot.KeyGroupRange;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.spi.state.CloseableIterator;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** The changelogs of one job. May be used by several threads. */
@ConsumerType
public interface ChangelogStorage extends AutoCloseable {

    /**
     * Opens the log of one keyed backend.
     *
     * @param owner names operator and subtask
     * @param keyGroups the key groups of the backend
     * @return the log, empty; the caller closes it
     * @throws IOException if it cannot be opened
     */
    ChangelogWriter open(String owner, KeyGroupRange keyGroups) throws IOException;

    /**
     * Reads a stored segment.
     *
     * @param segment refers to it
     * @return its changes in the order of appending; the caller closes it
     * @throws IOException if it cannot be opened
     */
    CloseableIterator<Change> read(StreamHandle segment) throws IOException;

    /** Closes all logs. Stored segments stay. Idempotent. */
    @Override
    void close() throws IOException;
}
