package io.holdfast.benchmarks.plain;

import io.holdfast.benchmarks.state.StatePeerContract;
import java.util.List;

class PlainPeersTest extends StatePeerContract {
    @Override
    protected List<String> peers() {
        return List.of("plain-hashmap", "plain-primitive", "plain-rocksdb");
    }
}
