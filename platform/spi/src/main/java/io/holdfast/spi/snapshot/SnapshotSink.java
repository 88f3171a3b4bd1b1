package io.holdfast.spi.snapshot;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where the streams of one checkpoint go. Implemented by checkpoint storages; may be used by
 * several threads.
 */
@ConsumerType
public interface SnapshotSink {

    /**
     * Begins a stream.
     *
     * @param scope how long its bytes live
     * @return takes the bytes; the caller finishes or closes it
     * @throws IOException if it cannot be begun
     */
    SnapshotOutput create(SnapshotScope scope) throws IOException;
}
