package io.holdfast.spi.snapshot;

import io.holdfast.spi.filesystem.SeekableInput;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens streams of snapshots. Implemented by checkpoint storages; may be used by several threads.
 */
@ConsumerType
@FunctionalInterface
public interface SnapshotSource {

    /**
     * Opens a stream.
     *
     * @param handle refers to the stream
     * @return its bytes; buffered; the caller closes it
     * @throws IOException if it cannot be opened
     */
    SeekableInput open(StreamHandle handle) throws IOException;
}
