package io.holdfast.api.process;

import org.osgi.annotation.versioning.ProviderType;

/** About the checkpoint at hand. */
@ProviderType
public interface FunctionSnapshotContext {

    /**
     * Id of the checkpoint.
     *
     * @return the id
     */
    long checkpointId();

    /**
     * When the checkpoint was triggered.
     *
     * @return milliseconds since 1970-01-01T00:00Z
     */
    long checkpointTimestamp();
}
