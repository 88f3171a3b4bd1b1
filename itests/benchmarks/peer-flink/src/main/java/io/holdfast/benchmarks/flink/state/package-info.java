/**
 * The keyed state backends of Apache Flink, opened through its public {@code StateBackend}
 * interface in the mock environment of its own tests. Two peers, {@link
 * io.holdfast.benchmarks.flink.state.HashMapPeer} and {@link
 * io.holdfast.benchmarks.flink.state.RocksDbPeer}; depends on the harness only.
 */
package io.holdfast.benchmarks.flink.state;
