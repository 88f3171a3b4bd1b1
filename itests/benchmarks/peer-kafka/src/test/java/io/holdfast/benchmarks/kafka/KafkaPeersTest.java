package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.ValueStoreContract;
import java.util.List;

class KafkaPeersTest extends ValueStoreContract {
    @Override
    protected List<String> peers() {
        return List.of("kafka-memory", "kafka-rocksdb");
    }
}
