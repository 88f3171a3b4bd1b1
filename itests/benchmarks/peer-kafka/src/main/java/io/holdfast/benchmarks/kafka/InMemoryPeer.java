package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.nio.file.Path;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' in-memory store. */
public final class InMemoryPeer implements ValueStorePeer {

    @Override
    public String name() {
        return "kafka-memory";
    }

    @Override
    public ValueStore open(Path directory) {
        return KafkaValueStore.open(Stores.inMemoryKeyValueStore("values"), directory);
    }
}
