package io.holdfast.benchmarks.holdfast;

import io.holdfast.benchmarks.whole.WholeStateContract;
import java.util.List;

class HoldfastWholeStateTest extends WholeStateContract {
    @Override
    protected List<String> peers() {
        return List.of("holdfast-hashmap", "holdfast-rocksdb");
    }
}
