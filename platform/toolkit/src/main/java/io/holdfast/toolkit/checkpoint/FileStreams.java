package io.holdfast.toolkit.checkpoint;

import io.holdfast.spi.snapshot.SnapshotOutput;

/**
 * Keeps small streams in their handles and makes files of larger ones.
 *
 * @param inlineThreshold a stream of up to this many bytes stays in its handle, 0 or more
 * @param writeBufferSize bytes buffered for a file, 0 or more; at least the threshold is used
 */
public record FileStreams(int inlineThreshold, int writeBufferSize) implements StreamFactory {
    /** Refuses negative sizes. */
    public FileStreams {
        if (inlineThreshold < 0 || writeBufferSize < 0) {
            throw new IllegalArgumentException(
                    "threshold " + inlineThreshold + ", buffer " + writeBufferSize);
        }
    }

    @Override
    public SnapshotOutput begin(StreamPlace place) {
        return new FileSnapshotOutput(
                place, inlineThreshold, Math.max(1, Math.max(inlineThreshold, writeBufferSize)));
    }
}
