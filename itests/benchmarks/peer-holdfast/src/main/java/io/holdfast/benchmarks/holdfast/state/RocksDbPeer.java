package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import java.util.Map;

/** Holdfast's {@code rocksdb}. */
public final class RocksDbPeer implements StatePeer {

    @Override
    public String name() {
        return "holdfast-rocksdb";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return HoldfastStores.on("rocksdb");
    }
}
