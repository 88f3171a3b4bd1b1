package io.holdfast.benchmarks.plain;

import io.holdfast.benchmarks.state.ValueStoreContract;
import java.util.List;

class PlainPeersTest extends ValueStoreContract {
    @Override
    protected List<String> peers() {
        return List.of("plain-hashmap", "plain-rocksdb");
    }
}
