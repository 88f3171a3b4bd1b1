package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.StatePeer;
import io.holdfast.benchmarks.state.Store;
import io.holdfast.benchmarks.state.ValueStore;
import java.util.Map;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' RocksDB store. */
public final class RocksDbPeer implements StatePeer {

    @Override
    public String name() {
        return "kafka-rocksdb";
    }

    @Override
    public Map<Class<? extends Store>, Opening> stores() {
        return Map.of(
                ValueStore.class,
                directory ->
                        KafkaValueStore.open(Stores.persistentKeyValueStore("values"), directory));
    }
}
