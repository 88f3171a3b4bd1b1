package io.holdfast.benchmarks.kafka;

import io.holdfast.benchmarks.state.ValueStore;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A store as a processor of Kafka Streams gets it: with serializers and metrics around it. */
final class KafkaValueStore implements ValueStore {

    private final TopologyTestDriver driver;
    private final KeyValueStore<Long, Long> values;

    private KafkaValueStore(TopologyTestDriver driver, KeyValueStore<Long, Long> values) {
        this.driver = driver;
        this.values = values;
    }

    static KafkaValueStore open(KeyValueBytesStoreSupplier supplier, Path directory) {
        Topology topology = new Topology();
        topology.addSource(
                "source",
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer(),
                "topic");
        topology.addProcessor("processor", IgnoringProcessor::new, "source");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(supplier, Serdes.Long(), Serdes.Long())
                        .withLoggingDisabled()
                        .withCachingDisabled(),
                "processor");

        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "benchmark");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
        TopologyTestDriver driver = new TopologyTestDriver(topology, properties);
        return new KafkaValueStore(driver, driver.getKeyValueStore(supplier.name()));
    }

    @Override
    public long add(long key, long delta) {
        Long boxedKey = key;
        Long value = values.get(boxedKey);
        long sum = (value == null ? 0 : value) + delta;
        values.put(boxedKey, sum);
        return sum;
    }

    @Override
    public long get(long key) {
        Long value = values.get(key);
        return value == null ? 0 : value;
    }

    @Override
    public void update(long key, long value) {
        values.put(key, value);
    }

    @Override
    public void remove(long key) {
        values.delete(key);
    }

    @Override
    public void close() {
        driver.close();
    }

    /** A store belongs to a processor, so there must be one. */
    private static final class IgnoringProcessor implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> input) {}
    }
}
