package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import io.holdfast.benchmarks.state.ValueStore;
import java.util.Map;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' in-memory store. */
public final class InMemoryPeer implements StatePeer {

    @Override
    public String name() {
        return "kafka-memory";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return Map.of(
                ValueStore.class,
                directory ->
                        KafkaValueStore.open(Stores.inMemoryKeyValueStore("values"), directory));
    }
}
