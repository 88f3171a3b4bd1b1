package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.StatePeerContract;
import java.util.List;

class KafkaPeersTest extends StatePeerContract {
    @Override
    protected List<String> peers() {
        return List.of("kafka-memory", "kafka-rocksdb");
    }
}
