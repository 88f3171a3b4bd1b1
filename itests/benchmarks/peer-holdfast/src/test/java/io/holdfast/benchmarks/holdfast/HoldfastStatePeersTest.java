package io.holdfast.benchmarks.holdfast;

import io.holdfast.benchmarks.state.StatePeerContract;
import java.util.List;

class HoldfastStatePeersTest extends StatePeerContract {
    @Override
    protected List<String> peers() {
        return List.of("holdfast-hashmap", "holdfast-rocksdb");
    }
}
