/**
 * The key-value stores of Kafka Streams, opened by its test driver with changelog topic and record
 * cache off. Two peers, {@link io.holdfast.benchmarks.kafka.InMemoryPeer} and {@link
 * io.holdfast.benchmarks.kafka.RocksDbPeer}; depends on the harness only.
 */
package io.holdfast.benchmarks.kafka;
