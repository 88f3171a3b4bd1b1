package io.holdfast.benchmarks.holdfast.state;

import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import java.util.Map;

/** Holdfast's {@code hashmap}. */
public final class HashMapPeer implements StatePeer {

    @Override
    public String name() {
        return "holdfast-hashmap";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return HoldfastStores.on("hashmap");
    }
}
