package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.benchmarks.whole.WholeState;
import io.holdfast.benchmarks.whole.WholeStatePeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Holdfast's {@code rocksdb}. */
public final class RocksDbWholePeer implements WholeStatePeer {

    @Override
    public String name() {
        return "holdfast-rocksdb";
    }

    @Override
    public <V> WholeState<V> open(
            Class<V> values, Path work, Path checkpoints, Optional<WholeState.Stored> from)
            throws IOException {
        return new HoldfastWholeState<>("rocksdb", values, work, checkpoints, from);
    }
}
