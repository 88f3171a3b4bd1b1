package io.holdfast.benchmarks.flink.state;

import io.holdfast.benchmarks.whole.WholeStateContract;
import java.util.List;

class FlinkWholeStateTest extends WholeStateContract {
    @Override
    protected List<String> peers() {
        return List.of("flink-hashmap", "flink-hashmap-compressed");
    }
}
