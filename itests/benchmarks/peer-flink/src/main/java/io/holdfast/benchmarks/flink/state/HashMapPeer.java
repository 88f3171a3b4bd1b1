package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.nio.file.Path;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** Flink's {@code hashmap}. */
public final class HashMapPeer implements ValueStorePeer {

    @Override
    public String name() {
        return "flink-hashmap";
    }

    @Override
    public ValueStore open(Path directory) throws Exception {
        return FlinkValueStore.open(new HashMapStateBackend());
    }
}
