package io.holdfast.benchmarks.holdfast;

import io.holdfast.benchmarks.state.ValueStoreContract;
import java.util.List;

class HoldfastStatePeersTest extends ValueStoreContract {
    @Override
    protected List<String> peers() {
        return List.of("holdfast-hashmap", "holdfast-rocksdb");
    }
}
