package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import java.util.Map;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** Flink's {@code hashmap}. */
public final class HashMapPeer implements StatePeer {

    @Override
    public String name() {
        return "flink-hashmap";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return FlinkStores.on(directory -> new HashMapStateBackend());
    }
}
