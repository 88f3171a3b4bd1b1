package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.io.IOException;
import java.nio.file.Path;

/** Holdfast's {@code rocksdb}. */
public final class RocksDbPeer implements ValueStorePeer {

    @Override
    public String name() {
        return "holdfast-rocksdb";
    }

    @Override
    public ValueStore open(Path directory) throws IOException {
        return HoldfastValueStore.open("rocksdb", directory);
    }
}
