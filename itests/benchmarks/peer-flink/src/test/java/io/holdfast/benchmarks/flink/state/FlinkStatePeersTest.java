package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.state.StatePeerContract;
import java.util.List;

class FlinkStatePeersTest extends StatePeerContract {
    @Override
    protected List<String> peers() {
        return List.of("flink-hashmap", "flink-rocksdb");
    }
}
