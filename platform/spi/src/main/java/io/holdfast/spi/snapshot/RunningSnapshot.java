package io.holdfast.spi.snapshot;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A snapshot whose content is fixed and whose bytes are still to be written. What the backend is
 * told afterwards does not appear in it.
 */
@ConsumerType
public interface RunningSnapshot extends AutoCloseable {

    /**
     * Writes the bytes. Called once, on another thread than the backend's, while the backend goes
     * on.
     *
     * @return refers to the bytes
     * @throws IOException if the bytes cannot be written, or if {@link #close()} was called
     *     meanwhile
     */
    KeyedSnapshotHandle write() throws IOException;

    /**
     * Releases what the snapshot holds; stops {@link #write()} if it runs. Idempotent; called in
     * every case, from any thread, before the backend is closed.
     */
    @Override
    void close();
}
