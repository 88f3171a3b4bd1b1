package io.holdfast.storage.jobmanager;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.checkpoint.StreamFactory;
import io.holdfast.toolkit.checkpoint.StreamPlace;

/**
 * Keeps every stream in its handle.
 *
 * @param maxBytes the largest stream
 * @param budget accounts for streams until their checkpoint is published or given up
 */
record InlineStreams(int maxBytes, HeapBudget budget) implements StreamFactory {
    @Override
    public SnapshotOutput begin(StreamPlace place) {
        return new InlineSnapshotOutput(maxBytes, budget);
    }

    @Override
    public void ended(StreamHandle finished) {
        budget.release(finished.length());
    }
}
