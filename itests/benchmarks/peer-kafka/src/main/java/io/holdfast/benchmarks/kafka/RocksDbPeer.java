package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.ValueStore;
import io.holdfast.benchmarks.state.ValueStorePeer;
import java.nio.file.Path;
import org.apache.kafka.streams.state.Stores;

/** Kafka Streams' RocksDB store. */
public final class RocksDbPeer implements ValueStorePeer {

    @Override
    public String name() {
        return "kafka-rocksdb";
    }

    @Override
    public ValueStore open(Path directory) {
        return KafkaValueStore.open(Stores.persistentKeyValueStore("values"), directory);
    }
}
