package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.ValueStoreContract;
import java.util.List;

class FlinkStatePeersTest extends ValueStoreContract {
    @Override
    protected List<String> peers() {
        return List.of("flink-hashmap", "flink-rocksdb");
    }
}
