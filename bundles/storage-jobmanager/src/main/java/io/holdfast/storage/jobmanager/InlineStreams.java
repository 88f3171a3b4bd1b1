package io.holdfast.storage.jobmanager;

import io.holdfast.spi.snapshot.SnapshotOutput;
import io.holdfast.spi.snapshot.StreamHandle;
import io.holdfast.toolkit.checkpoint.StreamFactory;
import io.holdfast.toolkit.checkpoint.StreamPlace;

/**
 * Keeps every stream in its handle.
 *
 * @param limit of each stream
 * @param budget accounts for streams until their checkpoint is published or given up
 */
record InlineStreams(StateLimit limit, HeapBudget budget) implements StreamFactory {
    @Override
    public SnapshotOutput begin(StreamPlace place) {
        return new InlineSnapshotOutput(limit, budget);
    }

    @Override
    public void ended(StreamHandle finished) {
        budget.release(finished.length());
    }
}
