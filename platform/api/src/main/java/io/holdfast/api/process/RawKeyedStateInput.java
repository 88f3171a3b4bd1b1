package io.holdfast.api.process;

import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bytes that were written for one key group through {@link RawKeyedStateOutput}, and no others.
 * Bytes are compared with their checksum before they are given out; a damaged one fails the start
 * (SNAPSHOT-4024). It can be read until the next one is asked for or {@link
 * CheckpointedFunction#initializeState} returns, by the thread that calls that; later reads are
 * refused (STATE-3029). Nobody has to close it.
 */
@ProviderType
public abstract class RawKeyedStateInput extends InputStream {

    /** For the engine. */
    protected RawKeyedStateInput() {}

    /**
     * Whose bytes these are.
     *
     * @return a key group that this subtask owns
     */
    public abstract int keyGroup();
}
